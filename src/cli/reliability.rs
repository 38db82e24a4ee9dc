//! The picture of a calibration: how often answers of each confidence are right.

use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::*;

use crate::answer::Graded;
use crate::eval::bins;

/// The answers of one way of searching.
pub(super) type Curve<'a> = (&'a str, &'a [Graded]);

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
    fn the_picture_is_an_image_with_both_curves() {
        let graded = |confidence| [Graded { confidence, right: 1.0, is_answerable: true, counts: 1.0 }];
        let svg = svg(&[("by words", &graded(0.9)), ("with meaning", &graded(0.4))]);
        assert!(svg.starts_with("<svg") && svg.contains("by words") && svg.contains("with meaning"));
    }
}
