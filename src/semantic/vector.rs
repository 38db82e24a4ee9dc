//! Vectors of 8-bit numbers, and how near two of them are.
//!
//! The components of a vector are rounded to 8 bits of its largest one. That costs
//! nothing that could be measured in ranking, takes a quarter of the memory, and
//! makes nearness exact: sums of small integers are the same on every processor.

use std::ops::Range;

use rten_simd::{Isa, SimdOp};

/// The meaning of a text: a direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Vector {
    components: Box<[i8]>,
    length: f32,
}

impl Vector {
    /// Rounds what a model returned; nothing if that is no direction: not finite, or
    /// zero everywhere.
    pub fn new(values: &[f32]) -> Option<Self> {
        let largest = values.iter().fold(0.0, |largest, value| f32::max(largest, value.abs()));
        if !values.iter().all(|value| value.is_finite()) || largest == 0.0 {
            return None;
        }
        let scale = f32::from(i8::MAX) / largest;
        Some(Self::from_components(values.iter().map(|value| (value * scale).round() as i8).collect()))
    }

    /// Takes components that were rounded before.
    pub(super) fn from_components(components: Box<[i8]>) -> Self {
        let length = length(&components);
        Self { components, length }
    }

    /// Returns the rounded components.
    pub(super) fn components(&self) -> &[i8] {
        &self.components
    }

    /// Returns the cosine of the angle to a vector of the same model: 1 for the same
    /// direction.
    pub fn cosine(&self, other: &Self) -> f32 {
        cosine(&widened(&self.components), self.length, &other.components, other.length)
    }
}

/// Vectors of one model in rows, one after the other in memory.
#[derive(Debug, Default)]
pub struct Matrix {
    dimensions: usize,
    components: Vec<i8>,
    lengths: Vec<f32>,
}

impl Matrix {
    /// Makes an empty one with room for so many rows.
    pub fn new(dimensions: usize, rows: usize) -> Self {
        let (components, lengths) = (Vec::with_capacity(rows * dimensions), Vec::with_capacity(rows));
        Self { dimensions, components, lengths }
    }

    /// Adds a row.
    pub fn push(&mut self, vector: &Vector) {
        self.components.extend_from_slice(&vector.components);
        self.lengths.push(vector.length);
    }

    /// Returns the vector of a row.
    pub(crate) fn row(&self, row: usize) -> Vector {
        Vector::from_components(self.components[row * self.dimensions..][..self.dimensions].into())
    }

    /// Gives up memory that is not needed once all rows are there.
    pub(crate) fn shrink(&mut self) {
        self.components.shrink_to_fit();
        self.lengths.shrink_to_fit();
    }

    /// Calls `found` with every wanted row and its cosine to `vector`, in order.
    pub fn scan(&self, vector: &Vector, wanted: impl Fn(usize) -> bool, found: impl FnMut(usize, f32)) {
        self.scan_rows(0..self.lengths.len(), vector, wanted, found);
    }

    /// Does the same with some of the rows.
    pub(crate) fn scan_rows(
        &self,
        rows: Range<usize>,
        vector: &Vector,
        wanted: impl Fn(usize) -> bool,
        mut found: impl FnMut(usize, f32),
    ) {
        if vector.components.len() != self.dimensions {
            return;
        }
        let probe = widened(&vector.components);
        Scan { matrix: self, rows, probe: &probe, length: vector.length, wanted, found: &mut found }
            .dispatch();
    }
}

/// A comparison of rows. Everything in it is inlined, so that it is compiled for each
/// set of instructions that processors have; the best one is chosen as it runs.
struct Scan<'a, W, F> {
    matrix: &'a Matrix,
    rows: Range<usize>,
    probe: &'a [i16],
    length: f32,
    wanted: W,
    found: F,
}

impl<W: Fn(usize) -> bool, F: FnMut(usize, f32)> SimdOp for Scan<'_, W, F> {
    type Output = ();

    #[inline(always)]
    fn eval<I: Isa>(mut self, _: I) {
        let Matrix { dimensions, components, lengths } = self.matrix;
        let components = &components[self.rows.start * dimensions..self.rows.end * dimensions];
        let lengths = &lengths[self.rows.clone()];
        let rows = self.rows.clone().zip(components.chunks_exact(*dimensions).zip(lengths));
        for (row, (components, length)) in rows {
            if (self.wanted)(row) {
                (self.found)(row, cosine(self.probe, self.length, components, *length));
            }
        }
    }
}

/// Compilers turn products of 16-bit numbers into the widest instructions that every
/// processor has; half the time of 8-bit ones.
fn widened(components: &[i8]) -> Vec<i16> {
    components.iter().map(|component| i16::from(*component)).collect()
}

#[inline(always)]
fn cosine(probe: &[i16], probe_length: f32, components: &[i8], length: f32) -> f32 {
    let products = probe.iter().zip(components).map(|(a, b)| i32::from(*a) * i32::from(i16::from(*b)));
    products.sum::<i32>() as f32 / (probe_length * length)
}

fn length(components: &[i8]) -> f32 {
    let squares = components.iter().map(|component| i32::from(*component) * i32::from(*component));
    (squares.sum::<i32>() as f32).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_keeps_directions() {
        let wave = |shift: f32| -> Vec<f32> { (0..384).map(|at| (at as f32 * 0.37 + shift).sin()).collect() };
        let (a, b) = (wave(0.0), wave(0.5));
        let exact = a.iter().zip(&b).map(|(a, b)| a * b).sum::<f32>()
            / (a.iter().map(|a| a * a).sum::<f32>() * b.iter().map(|b| b * b).sum::<f32>()).sqrt();
        let rounded = |values: &[f32]| Vector::new(values).expect("a direction");
        let (a, b) = (rounded(&a), rounded(&b));
        assert!((a.cosine(&b) - exact).abs() < 0.001);
        assert!((a.cosine(&a) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn what_is_no_direction_is_refused() {
        assert_eq!(Vector::new(&[0.0, 0.0]), None);
        assert_eq!(Vector::new(&[1.0, f32::NAN]), None);
    }
}
