//! Converts a line of JSON to an article, for files whose articles are already separate.
//!
//! The fields are those of the record; `publication`, `title`, `date` and `body` are enough. A
//! field of the wrong type is left out with a warning, and unknown fields are ignored.

use std::borrow::Cow;

use memchr::memchr2;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::path::{parse_date, parse_period};
use crate::model::{
    Article, Byline, CivilDate, Cut, DateNote, DateRule, DistrictRole, DoubtfulPlace, FieldForm,
    FileWarning, GivenFields, IssueDate, Kind, LineRange, Place, Reason, StatedDoubt, Topic,
};

/// The article on a line, with warnings about its fields. `Err` if the line has no article.
pub(super) fn parse_line(
    line: &str,
    number: u32,
) -> Result<(Article, Vec<FileWarning>), FileWarning> {
    let row: JsonFields = serde_json::from_str(line).map_err(|error| {
        // The parser counts bytes.
        let before = line.get(..error.column()).unwrap_or(line);
        let column = (before.chars().count() as u32).max(1);
        FileWarning::LineNotJson { line: number, column }
    })?;
    let mut fields = FieldParser { line: number, problems: Vec::new() };
    let article = fields.article(row);
    if article.body.trim().is_empty() && article.title.is_none() {
        return Err(FileWarning::LineWithoutText { line: number });
    }
    Ok((article, fields.problems))
}

/// Every field as raw JSON, so that one of the wrong type does not invalidate the others.
#[derive(Default, Deserialize)]
#[serde(default)]
struct JsonFields {
    id: Value,
    publication: Value,
    issue: Value,
    issue_number: Value,
    issue_date: Value,
    page: Value,
    pages: Value,
    recognised: Value,
    doubtful: Value,
    url: Value,
    accessed: Value,
    kind: Value,
    section: Value,
    kicker: Value,
    title: Value,
    subtitle: Value,
    outlet: Value,
    docno: Value,
    issuer: Value,
    byline: Value,
    date: Value,
    districts: Value,
    places: Value,
    topics: Value,
    body: Value,
    credit: Value,
}

struct FieldParser {
    line: u32,
    problems: Vec<FileWarning>,
}

impl FieldParser {
    fn article(&mut self, mut row: JsonFields) -> Article {
        let mut given = self.given(&mut row);
        let doubtful = row.doubtful.take();
        let body = self.text("body", row.body).unwrap_or_default();
        let mut article = Article {
            kind: self.kind(row.kind),
            section: self.line("section", row.section),
            kicker: self.line("kicker", row.kicker),
            title: self.line("title", row.title),
            subtitle: self.line("subtitle", row.subtitle),
            outlet: self.line("outlet", row.outlet),
            docno: self.line("docno", row.docno),
            body,
            credit: self.text("credit", row.credit),
            lines: vec![LineRange(self.line, self.line)],
            cut: Cut {
                confidence: 1.0,
                reasons: vec![Reason {
                    line: self.line,
                    rule: "given".to_owned(),
                    evidence: String::new(),
                    weight: 1.0,
                }],
            },
            given: None,
            beside: None,
        };
        given.doubtful = self.doubtful(doubtful, &article);
        article.given = (given != GivenFields::default()).then(|| Box::new(given));
        article
    }

    /// Doubtful words in the order of the text, without those that stand nowhere in it.
    fn doubtful(&mut self, value: Value, article: &Article) -> Option<Vec<StatedDoubt>> {
        let mut places: Vec<DoubtfulPlace> = self.objects("doubtful", value, |fields, _| {
            fields.wrong("doubtful", FieldForm::Recorded);
            None
        })?;
        places.sort_by_key(|place| (place.field, place.start, place.end));
        let count = places.len();
        places.dedup_by(|next, last| next.field == last.field && next.start < last.end);
        let stated = |place: DoubtfulPlace| {
            let words = article.text(place.field)?.get(place.start..place.end)?.to_owned();
            let holds = !words.is_empty() && place.confidence <= 100;
            holds.then_some(StatedDoubt { place, words })
        };
        let stated: Vec<StatedDoubt> = places.into_iter().filter_map(stated).collect();
        if stated.len() < count {
            self.wrong("doubtful", FieldForm::Recorded);
        }
        Some(stated).filter(|stated| !stated.is_empty())
    }

    fn given(&mut self, row: &mut JsonFields) -> GivenFields {
        let issue = row.issue.take();
        let of_issue = |field: &str| issue.get(field).cloned().unwrap_or_default();
        if !matches!(issue, Value::Null | Value::Object(_)) {
            self.wrong("issue", FieldForm::Issue);
        }
        let issue_number = self.line("issue_number", row.issue_number.take());
        let issue_date = self.date("issue_date", row.issue_date.take());
        let stated = issue_date.is_some();
        let period = Self::period(&row.date);
        let date = if period.is_some() { None } else { self.date("date", row.date.clone()) };
        GivenFields {
            id: self.line("id", row.id.take()),
            publication: self.line("publication", row.publication.take()),
            issue_number: issue_number.or_else(|| self.line("issue.number", of_issue("number"))),
            issue_date: issue_date.or_else(|| self.date("issue.date", of_issue("date"))),
            issue_note: (!stated)
                .then(|| whole(&of_issue("date")))
                .flatten()
                .filter(|date| *date != IssueDate::default()),
            page: self.line("page", row.page.take()),
            url: self.line("url", row.url.take()),
            accessed: self.date("accessed", row.accessed.take()),
            date_note: date_note(&row.date).filter(|note| *note != DateNote::default()).or(period),
            date,
            issuer: self.line("issuer", row.issuer.take()),
            byline: self.byline(row.byline.take()),
            districts: self.objects("districts", row.districts.take(), |fields, value| {
                let code = value.get("code").filter(|code| !code.is_null()).cloned();
                let given = value.get("role").filter(|role| !role.is_null());
                let role = given.and_then(|role| DistrictRole::deserialize(role).ok());
                if given.is_some() && role.is_none() {
                    fields.wrong("districts", FieldForm::Recorded);
                }
                let name = match value {
                    Value::Object(mut place) => place.remove("name").unwrap_or_default(),
                    name => name,
                };
                let code = code.and_then(|code| fields.line("districts", code));
                let name = fields.line("districts", name).or_else(|| code.clone())?;
                Some(Place { code, name, role, ..Place::default() })
            }),
            places: self.objects("places", row.places.take(), |fields, _| {
                fields.wrong("places", FieldForm::Recorded);
                None
            }),
            pages: self.objects("pages", row.pages.take(), |fields, _| {
                fields.wrong("pages", FieldForm::Recorded);
                None
            }),
            recognised: self.line("recognised", row.recognised.take()),
            doubtful: None,
            topics: self.objects("topics", row.topics.take(), |fields, value| {
                let label = match value {
                    Value::Object(mut topic) => topic.remove("label").unwrap_or_default(),
                    label => label,
                };
                let label = fields.line("topics", label)?;
                Some(Topic { label, score: 1.0, evidence: Vec::new() })
            }),
        }
    }

    /// Text of several lines; `null` and blank text are `None`.
    fn text(&mut self, field: &str, value: Value) -> Option<String> {
        let text = match value {
            Value::Null => return None,
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            _ => {
                self.wrong(field, FieldForm::Text);
                return None;
            }
        };
        if text.trim().is_empty() {
            return None;
        }
        if memchr2(b'\r', 0, text.as_bytes()).is_some() {
            return Some(text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', " "));
        }
        Some(text)
    }

    /// Text of one line; the lines of a headline are joined by spaces.
    fn line(&mut self, field: &str, value: Value) -> Option<String> {
        let text = self.text(field, value)?;
        if text.contains('\n') {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            return Some(lines.collect::<Vec<_>>().join(" "));
        }
        Some(if text.trim().len() == text.len() { text } else { text.trim().to_owned() })
    }

    fn kind(&mut self, value: Value) -> Kind {
        let Some(word) = self.line("kind", value) else { return Kind::default() };
        Kind::ALL.into_iter().find(|kind| kind.as_str() == word).unwrap_or_else(|| {
            self.wrong("kind", FieldForm::Kind);
            Kind::default()
        })
    }

    /// A date as text or number, or in the form of a record.
    fn date(&mut self, field: &str, value: Value) -> Option<CivilDate> {
        let value = match value {
            Value::Object(mut date) => date.remove("value").unwrap_or_default(),
            other => other,
        };
        let text = self.line(field, value)?;
        let date = parse_date(&text);
        if date.is_none() {
            self.wrong(field, FieldForm::Day);
        }
        date
    }

    /// A month or a year as text or number.
    fn period(value: &Value) -> Option<DateNote> {
        match value {
            Value::String(text) => parse_period(text),
            Value::Number(number) => parse_period(&number.to_string()),
            _ => None,
        }
    }

    /// The values of a list: those in the form of a record as they are, others as `read` converts
    /// them.
    fn objects<T: DeserializeOwned>(
        &mut self,
        field: &str,
        value: Value,
        mut read: impl FnMut(&mut Self, Value) -> Option<T>,
    ) -> Option<Vec<T>> {
        let values = match value {
            Value::Null => return None,
            Value::Array(values) => values,
            Value::String(_) | Value::Number(_) | Value::Object(_) => vec![value],
            Value::Bool(_) => {
                self.wrong(field, FieldForm::List);
                return None;
            }
        };
        let read = |value: Value| whole(&value).or_else(|| read(self, value));
        Some(values.into_iter().filter_map(read).collect::<Vec<_>>())
            .filter(|values| !values.is_empty())
    }

    /// The names in a list of strings or of objects with a field for the name.
    fn list(&mut self, field: &str, name: &str, value: Value) -> Option<Vec<String>> {
        let values = match value {
            Value::Null => return None,
            Value::Array(values) => values,
            one => vec![one],
        };
        let names = values.into_iter().filter_map(|value| {
            let value = match value {
                Value::Object(mut object) => object.remove(name).unwrap_or_default(),
                other => other,
            };
            self.line(field, value)
        });
        Some(names.collect::<Vec<_>>()).filter(|names| !names.is_empty())
    }

    /// A plain string or list of names names reporters.
    fn byline(&mut self, value: Value) -> Option<Byline> {
        let byline = match value {
            Value::Object(mut roles) => {
                let mut role = |role: &str| {
                    let names = roles.remove(role).unwrap_or_default();
                    self.list(&format!("byline.{role}"), "name", names).unwrap_or_default()
                };
                Byline {
                    reporters: role("reporters"),
                    correspondents: role("correspondents"),
                    photographers: role("photographers"),
                }
            }
            names => Byline {
                reporters: self.list("byline", "name", names).unwrap_or_default(),
                ..Byline::default()
            },
        };
        (byline != Byline::default()).then_some(byline)
    }

    fn wrong(&mut self, field: &str, expected: FieldForm) {
        let (line, field) = (self.line, field.to_owned());
        self.problems.push(FileWarning::FieldLeftOut { line, field, expected });
    }
}

/// A date with its evidence. A rule that this version does not know, such as the sentence of older
/// records, is dropped; the rest is kept.
fn date_note(value: &Value) -> Option<DateNote> {
    let is_known = value.get("rule").is_none_or(|rule| whole::<DateRule>(rule).is_some());
    let mut value = Cow::Borrowed(value);
    if !is_known {
        value.to_mut()["rule"].take();
    }
    whole(&value)
}

/// A value in the form of a record; `None` if it has another form.
fn whole<T: DeserializeOwned>(value: &Value) -> Option<T> {
    value.is_object().then(|| T::deserialize(value).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Basis, DateSource, Precision};

    fn article(line: &str) -> Article {
        let (article, problems) = parse_line(line, 7).expect("an article");
        assert_eq!(problems, []);
        article
    }

    #[test]
    fn four_fields_make_an_article_that_is_certain() {
        let article = article(
            r#"{"publication":"web","title":null,"date":"2023-08-16","body":"一\r\n二","x":[1]}"#,
        );
        assert_eq!((article.title, article.body.as_str()), (None, "一\n二"));
        assert_eq!((article.lines, article.cut.confidence), (vec![LineRange(7, 7)], 1.0));
        assert_eq!(article.cut.reasons[0].rule, "given");
        let given = article.given.expect("something is given");
        assert_eq!(given.publication.as_deref(), Some("web"));
        assert_eq!(given.date.map(|date| date.to_string()).as_deref(), Some("2023-08-16"));
    }

    #[test]
    fn a_record_of_our_own_is_read_again() {
        let article = article(
            r#"{"id":"k7","issue":{"number":"第4号","date":{"value":"2022-05-01","basis":"given"}},
            "page":5,"kind":"document","title":"甲\n 乙","docno":"甲政〔2022〕9号","issuer":"甲县",
            "date":{"value":"2022-04-30"},"byline":{"reporters":["丙"],"photographers":[]},
            "districts":[{"code":"410183","name":"新密市","role":"mentioned"}],"topics":[{"label":"能源"}],"body":"丁",
            "url":"https://news.example/1","accessed":"2024-05-06",
            "pages":[{"page":2,"lines":[[17,812,1033,4180,1120],[18,812,1130,4180,1217]]}],
            "credit":"丙 摄","outlet":"","section":" "}"#,
        );
        assert_eq!((article.kind, article.title.as_deref()), (Kind::Document, Some("甲 乙")));
        assert_eq!((article.outlet, article.section), (None, None));
        let given = article.given.expect("something is given");
        assert_eq!(given.issue_number.as_deref(), Some("第4号"));
        assert_eq!(given.issue_date.map(|date| date.to_string()).as_deref(), Some("2022-05-01"));
        assert_eq!(given.page.as_deref(), Some("5"));
        assert_eq!(given.url.as_deref(), Some("https://news.example/1"));
        assert_eq!(given.accessed.map(|day| day.to_string()).as_deref(), Some("2024-05-06"));
        assert_eq!(given.byline.expect("a byline").reporters, ["丙"]);
        let district = &given.districts.expect("a district")[0];
        assert_eq!((district.code.as_deref(), district.name.as_str()), (Some("410183"), "新密市"));
        assert_eq!(district.role, Some(DistrictRole::Mentioned));
        assert_eq!(given.topics.expect("a topic")[0].label, "能源");
        let pages = given.pages.expect("a page");
        let written = serde_json::to_string(&pages).expect("JSON");
        assert_eq!(
            written,
            r#"[{"page":2,"lines":[[17,812,1033,4180,1120],[18,812,1130,4180,1217]]}]"#
        );
    }

    #[test]
    fn doubtful_words_are_kept_where_they_stand_in_the_text() {
        let place = |field: &str, start: usize, end: usize| {
            format!(
                r#"{{"field":"{field}","start":{start},"end":{end},"confidence":40,"page":2,
                "box":[10,20,30,40]}}"#
            )
        };
        let parsed = |places: &[String]| {
            let line = format!(
                r#"{{"title":"老桥通车","body":"昨日通车。","recognised":"tesseract 5","doubtful":[{}]}}"#,
                places.join(",")
            );
            let (article, problems) = parse_line(&line, 7).expect("an article");
            let given = article.given.expect("given");
            assert_eq!(given.recognised.as_deref(), Some("tesseract 5"));
            let doubts = given.doubtful.unwrap_or_default();
            let words: Vec<String> = doubts.iter().map(|doubt| doubt.words.clone()).collect();
            (words.join(" "), doubts, problems.len())
        };
        // In the order of the fields and their text.
        let (words, doubts, problems) =
            parsed(&[place("body", 6, 12), place("body", 0, 3), place("title", 0, 6)]);
        assert_eq!((words.as_str(), problems), ("老桥 昨 通车", 0));
        assert_eq!(
            serde_json::to_value(&doubts[0].place).expect("JSON"),
            serde_json::from_str::<Value>(&place("title", 0, 6)).expect("JSON")
        );
        // Within a character, behind the end, empty, in no field, one on the other, no place at all.
        let wrong = [
            place("body", 1, 3),
            place("body", 0, 99),
            place("body", 3, 3),
            place("credit", 0, 3),
            place("poem", 0, 3),
            "7".to_owned(),
        ];
        for wrong in wrong {
            let (words, _, problems) = parsed(&[place("title", 0, 6), wrong.clone()]);
            assert_eq!((words.as_str(), problems), ("老桥", 1), "{wrong}");
        }
        let (words, _, problems) = parsed(&[place("title", 0, 6), place("title", 3, 9)]);
        assert_eq!((words.as_str(), problems), ("老桥", 1));
    }

    #[test]
    fn a_field_of_the_wrong_type_is_named_and_the_others_are_taken() {
        let line = r#"{"title":["甲"],"body":"乙","date":"soon","kind":"poem","page":{}}"#;
        let (article, problems) = parse_line(line, 1).expect("an article");
        assert_eq!(article.body, "乙");
        let left_out = |field: &str, expected| FileWarning::FieldLeftOut {
            line: 1,
            field: field.to_owned(),
            expected,
        };
        for expected in [
            left_out("title", FieldForm::Text),
            left_out("date", FieldForm::Day),
            left_out("kind", FieldForm::Kind),
            left_out("page", FieldForm::Text),
        ] {
            assert!(problems.contains(&expected), "{problems:?}");
        }
        assert_eq!(problems.len(), 4);
    }

    #[test]
    fn a_month_or_a_year_is_an_interval() {
        for (date, range, precision) in [
            (r#""2023-12""#, "2023-12-01..2023-12-31", Precision::Month),
            (r#""2023""#, "2023-01-01..2023-12-31", Precision::Year),
            ("2023", "2023-01-01..2023-12-31", Precision::Year),
        ] {
            let (article, problems) =
                parse_line(&format!(r#"{{"body":"甲","date":{date}}}"#), 7).expect("an article");
            assert_eq!(problems, [], "{date}");
            let note = article.given.expect("a date").date_note.expect("an interval");
            assert_eq!((note.range().as_deref(), note.precision), (Some(range), precision));
            assert_eq!((note.value, note.basis), (None, Basis::Given));
        }
    }

    #[test]
    fn a_date_is_read_again_with_its_rule_and_without_one_that_is_unknown() {
        let note = |rule: &str| {
            let line = format!(
                r#"{{"body":"甲","date":{{"value":"2023-02-09","not_before":"2023-02-09",
                "not_after":"2023-02-09","precision":"day","basis":"lead","text":"2月9日",
                "rule":{rule}}}}}"#
            );
            article(&line).given.expect("a date").date_note.expect("a note with its evidence")
        };
        let rule = DateRule { last_of_span: true, ..DateSource::LeadFirstDay.into() };
        let known = r#"{"code":"lead_first_day","last_of_span":true,"text":"in other words"}"#;
        assert_eq!(note(known).rule, Some(rule));
        for other in [r#""the first day named in the lead""#, r#"{"code":"none"}"#, "null"] {
            let note = note(other);
            assert_eq!((note.rule, note.text.as_deref()), (None, Some("2月9日")), "{other}");
        }
    }

    #[test]
    fn a_line_without_an_article_is_an_error() {
        for line in ["{", "[1]", "3", "{}", r#"{"body":""}"#, r#"{"body":"a""#] {
            assert!(parse_line(line, 1).is_err(), "{line}");
        }
    }
}
