//! How often answers of each confidence are right, in figures and as a picture.

use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::*;

/// The answers of one way of searching: confidence, whether it was right, what it counts for.
pub(super) type Curve<'a> = (&'a str, &'a [(f64, bool, f64)]);

/// Answers of about the same confidence.
pub(super) struct Bin {
    /// The lowest confidence in it; it is a tenth wide.
    pub(super) from: f64,
    /// The mean confidence.
    pub(super) confidence: f64,
    /// The part that was right.
    pub(super) right: f64,
    pub(super) count: usize,
    weight: f64,
}

/// Sums up answers: confidence, whether it was right, and what that counts for.
pub(super) fn bins(answers: &[(f64, bool, f64)]) -> Vec<Bin> {
    let bin = |place: usize| {
        let inside = answers.iter().filter(|(confidence, ..)| ((confidence * 10.0) as usize).min(9) == place);
        let weight: f64 = inside.clone().map(|(.., counts)| counts).sum();
        let right: f64 = inside.clone().filter(|(_, right, _)| *right).map(|(.., counts)| counts).sum();
        let confidence: f64 = inside.clone().map(|(confidence, _, counts)| confidence * counts).sum();
        let count = inside.count();
        let from = place as f64 / 10.0;
        (count > 0).then(|| Bin {
            from,
            confidence: confidence / weight,
            right: right / weight,
            count,
            weight,
        })
    };
    (0..10).filter_map(bin).collect()
}

/// Returns the expected calibration error.
pub(super) fn error(answers: &[(f64, bool, f64)]) -> f64 {
    let bins = bins(answers);
    let all: f64 = bins.iter().map(|bin| bin.weight).sum();
    bins.iter().map(|bin| bin.weight * (bin.confidence - bin.right).abs()).sum::<f64>() / all.max(1.0)
}

const SIZE: (u32, u32) = (560, 480);

/// Draws a curve for each way of searching, beside the diagonal on which confidence is
/// exactly what it says.
pub(super) fn svg(curves: &[Curve]) -> String {
    let mut picture = String::new();
    draw(curves, &mut picture).expect("drawing into memory does not fail");
    picture
}

fn draw(curves: &[Curve], picture: &mut String) -> Result<(), DrawingAreaErrorKind<std::io::Error>> {
    const COLORS: [RGBColor; 2] = [RGBColor(0xb4, 0x53, 0x09), RGBColor(0x0f, 0x76, 0x6e)];
    let root = SVGBackend::with_string(picture, SIZE).into_drawing_area();
    root.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&root)
        .caption("How often answers of a confidence are right", ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(42)
        .y_label_area_size(52)
        .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
    chart.configure_mesh().x_desc("confidence").y_desc("right").light_line_style(TRANSPARENT).draw()?;
    chart.draw_series(LineSeries::new([(0.0, 0.0), (1.0, 1.0)], RGBColor(0x9c, 0xa3, 0xaf)))?;
    for ((name, answers), color) in curves.iter().zip(COLORS) {
        let points: Vec<(f64, f64)> = bins(answers).iter().map(|bin| (bin.confidence, bin.right)).collect();
        let line = LineSeries::new(points.clone(), color.stroke_width(2));
        chart
            .draw_series(line)?
            .label(*name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], color));
        chart.draw_series(points.into_iter().map(|point| Circle::new(point, 4, color.filled())))?;
    }
    let position = SeriesLabelPosition::UpperLeft;
    chart.configure_series_labels().position(position).background_style(WHITE).draw()?;
    root.present()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_weigh_what_they_hold() {
        let answers = [(0.95, true, 1.0), (0.91, false, 3.0), (0.2, false, 1.0)];
        let bins = bins(&answers);
        assert_eq!(bins.len(), 2);
        assert_eq!((bins[1].from, bins[1].count), (0.9, 2));
        assert!((bins[1].right - 0.25).abs() < 1e-9);
        assert!((error(&answers) - (4.0 * 0.67 + 0.2) / 5.0).abs() < 1e-9);
    }

    #[test]
    fn the_picture_is_an_image_with_both_curves() {
        let svg = svg(&[("by words", &[(0.9, true, 1.0)]), ("with meaning", &[(0.4, false, 1.0)])]);
        assert!(svg.starts_with("<svg") && svg.contains("by words") && svg.contains("with meaning"));
    }
}
