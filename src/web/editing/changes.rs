//! What a form says, as a change.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::model::{
    ArticleId, Change, Days, IndicatorCorrection, LineRange, LineRole, TextCorrection,
};
use crate::present::{Target, ValueForm, from_name};
use crate::web::{Detail, Problem};

/// Fields with several values, which are typed with `、` between them.
const LISTS: [&str; 6] =
    ["reporters", "correspondents", "photographers", "districts", "places", "topics"];

/// Fields of which an article has one value.
const SINGLE: [&str; 17] = [
    "kicker",
    "title",
    "subtitle",
    "section",
    "outlet",
    "docno",
    "issuer",
    "publication",
    "page",
    "issue_number",
    "issue_date",
    "date",
    "kind",
    "genre",
    "reprint_of",
    "confirms",
    "text",
];

/// The form about an article, beside its id.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ArticleForm {
    /// The field, as entries name it.
    pub(super) field: String,
    /// The value; several where it is a list.
    now: Vec<String>,
    /// Why; may be empty.
    pub(super) why: String,
    /// What had been decided when the form was made; empty where nothing is to be compared.
    pub(super) seen: Option<String>,
    /// The page to come back to.
    pub(super) back: String,
    // Of misread characters.
    from: String,
    to: String,
    before: String,
    after: String,
    // Of a figure; what is the same as the old value is not decided.
    quote: String,
    row: String,
    remove: String,
    name: String,
    old_name: String,
    value: String,
    old_value: String,
    unit: String,
    old_unit: String,
    period: String,
    old_period: String,
    district: String,
    old_district: String,
}

/// The form about lines of a file.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LinesForm {
    /// The file, below the corpus folder.
    pub(super) file: String,
    /// `begins:ROW`, `joins:ID`, `role:ROLE` of the chosen rows, `pieces` of `rows`.
    #[serde(rename = "do")]
    pub(super) what: String,
    /// Rows that are chosen one by one.
    row: Vec<u32>,
    /// Rows as people write them: `12-20,5-8`.
    rows: String,
    /// As in [`ArticleForm`].
    pub(super) why: String,
    /// As in [`ArticleForm`].
    pub(super) seen: Option<String>,
    /// As in [`ArticleForm`].
    pub(super) back: String,
}

/// What the form about lines asks for.
#[derive(Debug, PartialEq)]
pub(super) enum LinesChange {
    /// Something about lines.
    Of(Target, Change),
    /// The article of this id goes on the one before.
    Joins(ArticleId),
}

impl ArticleForm {
    /// The change.
    ///
    /// # Errors
    /// When there is no such field, or the value is none of it.
    pub(super) fn change(&self) -> Result<Change, Problem> {
        let field = self.field.as_str();
        if field == "text" {
            let [from, to, before, after] =
                [&self.from, &self.to, &self.before, &self.after].map(Clone::clone);
            if from.is_empty() {
                return Err(Problem::parameter("from", Detail::NoText));
            }
            return Ok(Change::Text(TextCorrection { from, to, before, after }));
        }
        if field == "indicator" {
            return self.figure().map(Change::Indicator);
        }
        let typed = || self.now.iter().map(|now| now.trim());
        let now = match field {
            _ if LISTS.contains(&field) => {
                let parts = typed().flat_map(|now| now.split(['、', ',', '，', '\n']));
                json!(parts.map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>())
            }
            _ if SINGLE.contains(&field) => json!(typed().next_back().unwrap_or_default()),
            _ => return Err(Problem::parameter("field", Detail::NoSuchField)),
        };
        read(field, &now)
    }

    fn figure(&self) -> Result<IndicatorCorrection, Problem> {
        let given = |now: &str, old: &str| {
            let now = now.trim();
            (now != old.trim()).then(|| now.to_owned())
        };
        let value = given(&self.value, &self.old_value);
        let period = given(&self.period, &self.old_period);
        Ok(IndicatorCorrection {
            quote: self.quote.clone(),
            row: self.row.clone(),
            remove: !self.remove.is_empty(),
            name: given(&self.name, &self.old_name),
            value: value
                .map(|value| {
                    let number = value.parse().ok().filter(|number: &f64| number.is_finite());
                    number.ok_or_else(|| Problem::parameter("value", Detail::NoNumber))
                })
                .transpose()?,
            unit: given(&self.unit, &self.old_unit),
            period: period
                .map(|typed| {
                    Days::read(&typed)
                        .ok_or_else(|| Problem::value("period", &typed, ValueForm::Days))
                })
                .transpose()?,
            district: given(&self.district, &self.old_district),
        })
    }

    /// What was decided, as fields to be sent again.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        let named = [
            ("field", &self.field),
            ("why", &self.why),
            ("back", &self.back),
            ("from", &self.from),
            ("to", &self.to),
            ("before", &self.before),
            ("after", &self.after),
            ("quote", &self.quote),
            ("row", &self.row),
            ("remove", &self.remove),
            ("name", &self.name),
            ("old_name", &self.old_name),
            ("value", &self.value),
            ("old_value", &self.old_value),
            ("unit", &self.unit),
            ("old_unit", &self.old_unit),
            ("period", &self.period),
            ("old_period", &self.old_period),
            ("district", &self.district),
            ("old_district", &self.old_district),
        ];
        let filled = named.into_iter().filter(|(_, value)| !value.is_empty());
        let filled = filled.map(|(name, value)| (name.to_owned(), value.clone()));
        filled.chain(self.now.iter().map(|now| ("now".to_owned(), now.clone()))).collect()
    }
}

impl LinesForm {
    /// The change.
    ///
    /// # Errors
    /// When it is none, or no rows are chosen.
    pub(super) fn change(&self) -> Result<LinesChange, Problem> {
        let (what, of) = self.what.split_once(':').unwrap_or((&self.what, ""));
        let (rows, change) = match what {
            "joins" => return Ok(LinesChange::Joins(ArticleId(of.to_owned()))),
            "begins" => {
                let row =
                    of.parse().map_err(|_| Problem::value("do", of, ValueForm::WholeNumber))?;
                (vec![LineRange(row, row)], Change::Begins)
            }
            "role" => {
                let role: LineRole =
                    from_name(of).ok_or_else(|| Problem::parameter("do", Detail::NoSuchField))?;
                (runs(&self.row), Change::Lines(role))
            }
            "pieces" => {
                let rows = ranges(&self.rows);
                let rows = rows.ok_or_else(|| Problem::parameter("rows", Detail::NoRows))?;
                (rows, Change::Pieces)
            }
            _ => return Err(Problem::parameter("do", Detail::NoSuchField)),
        };
        if rows.is_empty() {
            return Err(Problem::parameter("row", Detail::NoRows));
        }
        Ok(LinesChange::Of(Target::Lines { file: self.file.clone(), rows }, change))
    }

    /// The field that it decides, as entries name it.
    pub(super) fn field(&self) -> &str {
        match self.what.split_once(':').map_or(&*self.what, |(what, _)| what) {
            "role" => "lines",
            what => what,
        }
    }

    /// The first row that is spoken of: where the page is come back to.
    pub(super) fn first_row(&self) -> Option<u32> {
        // Ids can be of digits alone.
        let begins = self.what.strip_prefix("begins:").and_then(|row| row.parse().ok());
        begins.or_else(|| self.row.iter().min().copied())
    }

    /// What was decided, as fields to be sent again.
    pub(super) fn fields(&self) -> Vec<(String, String)> {
        let named = [
            ("file", &self.file),
            ("do", &self.what),
            ("rows", &self.rows),
            ("why", &self.why),
            ("back", &self.back),
        ];
        let rows = self.row.iter().map(|row| ("row".to_owned(), row.to_string()));
        named
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .into_iter()
            .chain(rows)
            .collect()
    }
}

/// A change as an entry has it.
fn read(field: &str, now: &Value) -> Result<Change, Problem> {
    let typed = now.as_str().unwrap_or_default().to_owned();
    let entry = json!({ "field": field, "now": now });
    serde_json::from_value(entry).map_err(|_| match field {
        "date" | "issue_date" => Problem::value("now", &typed, ValueForm::Days),
        "kind" => Problem::value("now", &typed, ValueForm::Kind),
        "confirms" => Problem::value("now", &typed, ValueForm::Review),
        _ => Problem::parameter("now", Detail::NoSuchField),
    })
}

/// Single rows as runs.
fn runs(rows: &[u32]) -> Vec<LineRange> {
    let mut sorted = rows.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    sorted
        .chunk_by(|one, next| *next == one + 1)
        .filter_map(|run| Some(LineRange(*run.first()?, *run.last()?)))
        .collect()
}

/// `12-20,5-8`.
fn ranges(typed: &str) -> Option<Vec<LineRange>> {
    let parts = typed.split([',', '，', '、']).map(str::trim).filter(|part| !part.is_empty());
    let range = |part: &str| {
        let (first, last) = part.split_once(['-', '–']).unwrap_or((part, part));
        let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
        (0 < first && first <= last).then_some(LineRange(first, last))
    };
    parts.map(range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> ArticleForm {
        let text = serde_html_form::to_string(fields).expect("a form");
        serde_html_form::from_str(&text).expect("fields")
    }

    fn change(fields: &[(&str, &str)]) -> Result<Change, &'static str> {
        form(fields).change().map_err(|problem| problem.code)
    }

    #[test]
    fn values_are_read_as_entries_have_them() {
        let title = Ok(Change::Title("新桥".into()));
        assert_eq!(change(&[("field", "title"), ("now", " 新桥 ")]), title);
        assert_eq!(change(&[("field", "title")]), Ok(Change::Title(String::new())));
        let days = Days::read("2023-02").expect("days");
        assert_eq!(change(&[("field", "date"), ("now", "2023-02")]), Ok(Change::Date(days)));
        let topics = Ok(Change::Topics(vec!["能源".into(), "环保".into()]));
        assert_eq!(change(&[("field", "topics"), ("now", "能源"), ("now", "环保")]), topics);
        assert_eq!(change(&[("field", "topics"), ("now", "能源、 环保，")]), topics);
        assert_eq!(change(&[("field", "topics")]), Ok(Change::Topics(Vec::new())));
        assert_eq!(change(&[("field", "date"), ("now", "2月")]), Err("bad_value"));
        assert_eq!(change(&[("field", "undo"), ("now", "abc")]), Err("no_such_field"));
        assert_eq!(change(&[("field", "text"), ("to", "已")]), Err("no_text"));
    }

    #[test]
    fn of_a_figure_only_what_differs_is_decided() {
        let row = [
            ("field", "indicator"),
            ("row", "粮食产量"),
            ("quote", "产粮50万吨"),
            ("value", "50.5"),
            ("old_value", "50"),
            ("unit", "万吨"),
            ("old_unit", "万吨"),
        ];
        let expected = IndicatorCorrection {
            quote: "产粮50万吨".into(),
            row: "粮食产量".into(),
            value: Some(50.5),
            ..IndicatorCorrection::default()
        };
        assert_eq!(change(&row), Ok(Change::Indicator(expected)));
        assert_eq!(change(&[("field", "indicator"), ("value", "many")]), Err("no_number"));
        assert_eq!(change(&[("field", "indicator"), ("value", "NaN")]), Err("no_number"));
    }

    #[test]
    fn chosen_rows_are_runs_and_written_ones_keep_their_order() {
        assert_eq!(runs(&[7, 3, 4, 3]), [LineRange(3, 4), LineRange(7, 7)]);
        assert_eq!(ranges("12-20, 5"), Some(vec![LineRange(12, 20), LineRange(5, 5)]));
        for wrong in ["0-3", "5-3", "a", "3-", "4294967296"] {
            assert_eq!(ranges(wrong), None, "{wrong}");
        }
        let form = LinesForm { what: "role:blank and more".into(), ..LinesForm::default() };
        assert_eq!(form.change().map_err(|problem| problem.code), Err("no_such_field"));
        let form = LinesForm { what: "joins:000000000012".into(), ..LinesForm::default() };
        assert_eq!(form.first_row(), None);
        let form =
            LinesForm { what: "begins:7".into(), why: "查原报".into(), ..LinesForm::default() };
        assert_eq!(form.first_row(), Some(7));
        assert!(form.fields().contains(&("why".to_owned(), "查原报".to_owned())));
        let form = LinesForm { what: "role:banner".into(), ..LinesForm::default() };
        assert_eq!(form.change().map_err(|problem| problem.code), Err("no_rows"));
    }
}
