//! Lines over days, as a picture.
//!
//! Colours are those of Okabe and Ito, which people who are colour-blind tell apart
//! (<https://jfly.uni-koeln.de/color/>); on paper without colours the marks do.

use jiff::civil::Date;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::*;

const SIZE: (u32, u32) = (640, 290);

/// The line above a chart that names its lines.
const LEGEND: u32 = 28;

/// The size of all letters.
const LETTERS: u32 = 14;

const COLORS: [RGBColor; 4] =
    [RGBColor(0, 114, 178), RGBColor(213, 94, 0), RGBColor(0, 158, 115), RGBColor(204, 121, 167)];

/// A line: its name, and a value for each day; none where there was nothing.
pub(super) type Line = (String, Vec<Option<f64>>);

/// What the values are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Count,
    /// 0 to 1, shown as percent.
    Share,
}

/// Draws lines over days.
pub(super) fn svg(days: &[Date], lines: &[Line], unit: Unit) -> String {
    let mut picture = String::new();
    draw(days, lines, unit, &mut picture).expect("drawing into memory does not fail");
    picture
}

type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

fn draw(days: &[Date], lines: &[Line], unit: Unit, picture: &mut String) -> Drawn {
    let root = SVGBackend::with_string(picture, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let (above, below) = root.split_vertically(LEGEND);
    legend(&above, lines)?;
    let most = lines.iter().flat_map(|(_, values)| values.iter().flatten()).fold(0.0, |a: f64, b| a.max(*b));
    let top = if unit == Unit::Share { 1.0 } else { (most * 1.05).max(1.0) };
    let last = days.len().saturating_sub(1).max(1) as f64;
    let mut chart = ChartBuilder::on(&below)
        .margin(10)
        .x_label_area_size(28)
        .y_label_area_size(56)
        .build_cartesian_2d(0.0..last, 0.0..top)?;
    let day = |at: &f64| match days.get(at.round() as usize) {
        Some(day) if (at - at.round()).abs() < 0.01 => day.strftime("%m-%d").to_string(),
        _ => String::new(),
    };
    let value = |value: &f64| match unit {
        Unit::Count => format!("{value:.0}"),
        Unit::Share => format!("{:.0} %", value * 100.0),
    };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .x_labels(8.min(days.len().max(2)))
        .y_labels(5)
        .x_label_formatter(&day)
        .y_label_formatter(&value)
        .light_line_style(TRANSPARENT)
        .label_style(("sans-serif", LETTERS))
        .draw()?;
    for (number, ((_, values), color)) in lines.iter().zip(COLORS).enumerate() {
        let points = || values.iter().enumerate().filter_map(|(at, value)| Some((at as f64, (*value)?)));
        chart.draw_series(LineSeries::new(points(), color.stroke_width(2)))?;
        // Marks on every day of a year would hide the line.
        let step = days.len().div_ceil(31).max(1);
        let marked = points().filter(|(at, _)| (*at as usize).is_multiple_of(step));
        chart.draw_series(marked.map(|point| EmptyElement::at(point) + mark(number, color, (0, 0))))?;
    }
    root.present()
}

/// Names the lines, one beside the other.
fn legend(area: &DrawingArea<SVGBackend, Shift>, lines: &[Line]) -> Drawn {
    let middle = LEGEND as i32 / 2;
    let mut x = 14;
    for (number, ((name, _), color)) in lines.iter().zip(COLORS).enumerate() {
        area.draw(&PathElement::new([(x, middle), (x + 20, middle)], color.stroke_width(2)))?;
        area.draw(&mark(number, color, (x + 10, middle)))?;
        let font = ("sans-serif", LETTERS).into_font();
        area.draw(&Text::new(name.clone(), (x + 26, middle - LETTERS as i32 / 2), font))?;
        // About as wide as it is in most fonts; Han characters are as wide as high.
        let width: f64 = name.chars().map(|c| if c.is_ascii() { 0.56 } else { 1.0 }).sum();
        x += 26 + (width * f64::from(LETTERS)) as i32 + 18;
    }
    Ok(())
}

/// A mark that tells a line from the others without its colour.
fn mark(number: usize, color: RGBColor, (x, y): (i32, i32)) -> Polygon<(i32, i32)> {
    let shape: &[(i32, i32)] = match number {
        0 => &[(-3, -1), (-1, -3), (1, -3), (3, -1), (3, 1), (1, 3), (-1, 3), (-3, 1)],
        1 => &[(0, -4), (4, 3), (-4, 3)],
        2 => &[(-3, -3), (3, -3), (3, 3), (-3, 3)],
        _ => &[(0, -4), (4, 0), (0, 4), (-4, 0)],
    };
    Polygon::new(shape.iter().map(|(dx, dy)| (x + dx, y + dy)).collect::<Vec<_>>(), color.filled())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_line_is_named() {
        let days = [date(2026, 11, 1), date(2026, 11, 2)];
        let line = |name: &str| (name.to_owned(), vec![Some(1.0), None]);
        let svg = svg(&days, &[line("searches"), line("nothing <found>")], Unit::Count);
        assert!(svg.starts_with("<svg") && svg.contains("searches") && svg.contains("nothing &lt;found&gt;"));
    }

    #[test]
    fn nothing_at_all_is_a_picture_too() {
        assert!(svg(&[], &[], Unit::Share).starts_with("<svg"));
    }
}
