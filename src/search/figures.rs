//! What articles state of indicators, row by row: all of it, or a page.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::ControlFlow;
use std::str::FromStr;

use super::figure_filter::FigureFilter;
use super::sort::CursorError;
use super::{Address, Archive, Request, SearchError};
use crate::model::{Indicator, Record};
use crate::query::{Node, NodeKind, Query, ValueField};

/// Some of the rows of the articles that match.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FigurePage {
    /// Articles with such rows, all pages together.
    pub articles: u64,
    /// Articles in the order of the files, each with the places of its rows among all that it states.
    pub found: Vec<(Record, Vec<usize>)>,
    /// Where the next page begins; `None` behind the last row.
    pub next: Option<FigureCursor>,
}

/// Where a page of rows begins. Its text form is opaque; it is good for the same rows of the same state
/// of the archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FigureCursor {
    /// The commit.
    generation: u64,
    /// A hash of what is asked for.
    asked: u32,
    /// The place of the article among those that match.
    article: usize,
    /// The place of the row among those that are meant of it.
    row: usize,
}

impl Archive {
    /// Calls a function for each row that is meant of each article that matches, in the order of the
    /// files, until it breaks off. Reads one article at a time.
    ///
    /// # Errors
    /// As [`Archive::for_each`]; and when a name of an indicator or a district is none.
    pub fn for_each_figure(
        &self,
        request: &Request,
        filter: &FigureFilter,
        each: &mut dyn FnMut(&Record, &Indicator) -> ControlFlow<()>,
    ) -> Result<(), SearchError> {
        let filter = &self.guard(|| self.with_known_names(filter))?;
        let addresses = self.guard(|| self.with_figures(request, filter))?;
        for addresses in addresses.chunks(self.engine().batch()) {
            // What the visitor does is none of the engine's.
            for record in self.guard(|| self.engine().records(addresses))? {
                let mut meant = record.indicators.iter().filter(|row| filter.takes(row));
                if meant.try_for_each(|row| each(&record, row)).is_break() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// At most `limit` of these rows, from `after` on.
    ///
    /// # Errors
    /// As [`Archive::for_each_figure`]; and when the cursor is of other rows.
    pub fn figure_page(
        &self,
        request: &Request,
        filter: &FigureFilter,
        after: Option<FigureCursor>,
        limit: usize,
    ) -> Result<FigurePage, SearchError> {
        self.guard(|| {
            let filter = &self.with_known_names(filter)?;
            let (generation, asked) = (self.engine().generation(), hash(request, filter));
            let first = after.unwrap_or(FigureCursor { generation, asked, article: 0, row: 0 });
            if (first.generation, first.asked) != (generation, asked) {
                return Err(SearchError::StaleCursor);
            }
            let addresses = self.with_figures(request, filter)?;
            let mut page = FigurePage { articles: addresses.len() as u64, ..FigurePage::default() };
            let mut left = limit;
            for (article, &address) in addresses.iter().enumerate().skip(first.article) {
                if left == 0 {
                    page.next = Some(FigureCursor { article, row: 0, ..first });
                    break;
                }
                let record = self.engine().record(address)?;
                let meant = record.indicators.iter().enumerate();
                let meant = meant.filter(|(_, row)| filter.takes(row)).map(|(at, _)| at);
                let passed = if article == first.article { first.row } else { 0 };
                let mut rows: Vec<usize> = meant.skip(passed).collect();
                if rows.len() > left {
                    rows.truncate(left);
                    page.next = Some(FigureCursor { article, row: passed + left, ..first });
                }
                left -= rows.len();
                page.found.push((record, rows));
                if page.next.is_some() {
                    break;
                }
            }
            Ok(page)
        })
    }

    /// Articles that match and state a figure which is meant, in the order of the files.
    fn with_figures(
        &self,
        request: &Request,
        filter: &FigureFilter,
    ) -> Result<Vec<Address>, SearchError> {
        let stated = |kind| Node { kind, span: 0..0 };
        let of_name = |name: &String| stated(NodeKind::Value(ValueField::Indicator, name.clone()));
        let figures = match filter.names.as_slice() {
            [] => stated(NodeKind::Stated(ValueField::Indicator)),
            names => Node::any(names.iter().map(of_name).collect(), 0..0),
        };
        let parts = request.query.root.clone().into_iter().chain([figures]).collect();
        let query = Query { root: Some(Node::all(parts, 0..0)) };
        let request = Request { query, ..request.clone() };
        let found = self.engine().every(&self.matching(&request)?, request.sort)?;
        let addresses = found.into_iter().map(|sort_key| sort_key.address);
        Ok(match self.articles_stating(filter)? {
            None => addresses.collect(),
            Some(stating) => addresses.filter(|address| stating.contains(address)).collect(),
        })
    }
}

/// Differs between pages of other rows.
fn hash(request: &Request, filter: &FigureFilter) -> u32 {
    let mut hasher = DefaultHasher::new();
    (request.result_hash(), format!("{filter:?}")).hash(&mut hasher);
    hasher.finish() as u32
}

impl fmt::Display for FigureCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { generation, asked, article, row } = self;
        write!(f, "{generation:x}-{asked:x}-{article:x}-{row:x}")
    }
}

impl FromStr for FigureCursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let numbers = text.split('-').map(|number| u64::from_str_radix(number, 16));
        let numbers: Vec<u64> = numbers.collect::<Result<_, _>>().map_err(|_| CursorError)?;
        let [generation, asked, article, row] = numbers[..] else { return Err(CursorError) };
        let place = |number: u64| usize::try_from(number).map_err(|_| CursorError);
        Ok(Self {
            generation,
            asked: u32::try_from(asked).map_err(|_| CursorError)?,
            article: place(article)?,
            row: place(row)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_back_from_its_text() {
        let cursor = FigureCursor { generation: 12, asked: u32::MAX, article: 300, row: 7 };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "1-2-3", "1-2-3-x", "1-100000000-3-4", "1-2-3-4-5"] {
            assert_eq!(text.parse::<FigureCursor>(), Err(CursorError), "{text}");
        }
    }
}
