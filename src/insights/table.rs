//! What every report is: rows of named columns, for a page, a spreadsheet or a program.

use jiff::civil::Date;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A report.
#[derive(Debug)]
pub struct Table {
    /// The names of its columns.
    pub columns: &'static [&'static str],
    /// A cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

/// A value in a report.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing to say, such as a share of nothing.
    Nothing,
    /// A text as people wrote it, or a name.
    Text(String),
    /// How many.
    Count(u64),
    /// A part of a whole, 0 to 1.
    Share(f64),
    /// Any other number.
    Number(f64),
    /// A day.
    Day(Date),
    /// How long, in seconds.
    Seconds(u64),
}

impl Cell {
    /// Returns `part` as a share of `whole`; nothing if that is nothing.
    pub(super) fn share(part: u64, whole: u64) -> Self {
        match whole {
            0 => Self::Nothing,
            whole => Self::Share(part as f64 / whole as f64),
        }
    }

    /// Returns what rows are sorted by that are equal otherwise.
    pub(super) fn order(&self) -> &str {
        match self {
            Self::Text(text) => text,
            _ => "",
        }
    }

    /// Returns a text, or nothing.
    pub(super) fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Nothing, |text| Self::Text(text.into()))
    }
}

impl Serialize for Cell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Count(count) | Self::Seconds(count) => serializer.serialize_u64(*count),
            Self::Share(number) | Self::Number(number) => serializer.serialize_f64(four_digits(*number)),
            Self::Day(day) => serializer.collect_str(day),
        }
    }
}

fn four_digits(number: f64) -> f64 {
    (number * 1e4).round() / 1e4
}

/// A row as an object, with the names of the columns as keys.
struct Row<'t>(&'t [&'static str], &'t [Cell]);

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, cell) in self.0.iter().zip(self.1) {
            map.serialize_entry(name, cell)?;
        }
        map.end()
    }
}

impl Serialize for Table {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.rows.iter().map(|row| Row(self.columns, row)))
    }
}

impl Table {
    /// Returns it for a spreadsheet, as RFC 4180 has it. A text that a spreadsheet would take for
    /// a formula gets an apostrophe before it.
    pub fn to_csv(&self) -> String {
        let mut csv = self.columns.join(",") + "\r\n";
        for row in &self.rows {
            let fields: Vec<String> = row.iter().map(field).collect();
            csv.push_str(&fields.join(","));
            csv.push_str("\r\n");
        }
        csv
    }
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Nothing => String::new(),
        Cell::Text(text) => {
            let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
            let text = if is_formula { format!("'{text}") } else { text.clone() };
            match text.contains(['"', ',', '\n', '\r']) {
                true => format!("\"{}\"", text.replace('"', "\"\"")),
                false => text,
            }
        }
        Cell::Count(count) | Cell::Seconds(count) => count.to_string(),
        Cell::Share(number) | Cell::Number(number) => four_digits(*number).to_string(),
        Cell::Day(day) => day.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spreadsheet_takes_no_text_for_a_formula_or_another_field() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let rows = vec![vec![text("=1+1"), text("a,b")], vec![text("say \"no\""), Cell::Share(0.5)]];
        let table = Table { columns: &["one", "two"], rows };
        assert_eq!(table.to_csv(), "one,two\r\n'=1+1,\"a,b\"\r\n\"say \"\"no\"\"\",0.5\r\n");
    }
}
