//! Aligned columns for a terminal. Chinese characters are two columns wide.

use unicode_width::UnicodeWidthStr;

/// Between two columns.
const GAP: &str = "  ";

/// Rows of text in columns.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with a heading.
    pub(crate) fn new<const N: usize>(heading: [&str; N]) -> Self {
        Self {
            rows: vec![heading.iter().map(ToString::to_string).collect()],
        }
    }

    /// A table without a heading.
    pub(crate) fn bare() -> Self {
        Self { rows: Vec::new() }
    }

    /// Adds a row with as many cells as the others have.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        debug_assert!(
            self.rows.iter().all(|row| row.len() == N),
            "all rows have as many cells"
        );
        // A cell is one line.
        self.rows.push(
            cells
                .into_iter()
                .map(|cell| cell.replace(['\n', '\t'], " "))
                .collect(),
        );
    }

    /// The lines, without white space at their ends.
    pub(crate) fn lines(&self) -> Vec<String> {
        let columns = self.rows.first().map_or(0, Vec::len);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                self.rows
                    .iter()
                    .map(|row| row[column].width())
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        self.rows
            .iter()
            .map(|row| {
                let cells = row.iter().zip(&widths).map(|(cell, width)| {
                    let padding = width.saturating_sub(cell.width());
                    format!("{cell}{}", " ".repeat(padding))
                });
                cells.collect::<Vec<_>>().join(GAP).trim_end().to_owned()
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stay_straight_with_chinese_names() {
        let mut table = Table::new(["id", "name", "n"]);
        table.row(["g1".to_owned(), "林晓雯".to_owned(), "3".to_owned()]);
        table.row(["g2".to_owned(), "Ann".to_owned(), "4".to_owned()]);
        assert_eq!(
            table.lines(),
            ["id  name    n", "g1  林晓雯  3", "g2  Ann     4"]
        );
    }
}
