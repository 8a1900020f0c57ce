//! What articles state of indicators, row by row.

use std::ops::ControlFlow;

use super::figure_filter::FigureFilter;
use super::{Archive, Request, SearchError};
use crate::model::{Indicator, Record};
use crate::query::{Node, NodeKind, Query, ValueField};

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
        let stated = |kind| Node { kind, span: 0..0 };
        let of_name = |name: &String| stated(NodeKind::Value(ValueField::Indicator, name.clone()));
        let figures = match filter.names.as_slice() {
            [] => stated(NodeKind::Stated(ValueField::Indicator)),
            names => Node::any(names.iter().map(of_name).collect(), 0..0),
        };
        let parts = request.query.root.clone().into_iter().chain([figures]).collect();
        let query = Query { root: Some(Node::all(parts, 0..0)) };
        let request = Request { query, ..request.clone() };
        let mut rows = |record: &Record| {
            let mut meant = record.indicators.iter().filter(|row| filter.takes(row));
            meant.try_for_each(|row| each(record, row))
        };
        self.guard(|| self.for_each(&request, &mut |record| rows(&record)).map(drop))
    }
}
