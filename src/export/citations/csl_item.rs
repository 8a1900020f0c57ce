//! A reference as an item of CSL-JSON, for styles and for programs that read it.

use serde_json::{Map, Value, json};

use super::reference::{CitedDate, CitedTime, ReferenceForm, ReferenceParts};
use crate::model::CivilDate;

/// The item, with this between title and subtitle.
pub(super) fn csl_item(reference: &ReferenceParts, colon: &str) -> Map<String, Value> {
    let mut item = Map::new();
    let mut set = |name: &str, value: Option<&String>| {
        if let Some(value) = value {
            item.insert(name.to_owned(), Value::String(value.clone()));
        }
    };
    set("id", Some(&reference.id));
    set("type", Some(&csl_type(reference.form).to_owned()));
    set("language", Some(&"zh-CN".to_owned()));
    set("title", Some(&reference.whole_title(colon)));
    set("container-title", reference.host.as_ref());
    set("original-publisher", reference.unnamed_outlet());
    set("number", reference.docno.as_ref());
    set("page", reference.page.as_ref());
    set("URL", reference.url.as_ref());
    match reference.form {
        ReferenceForm::Newspaper => set("issue", reference.issue.as_ref()),
        ReferenceForm::WebPage if reference.url.is_some() => {}
        // Styles print an address after a page, and where there is none, its publisher.
        ReferenceForm::WebPage => {
            set("publisher", reference.host.as_ref());
            set("medium", Some(&"OL".to_owned()));
        }
        ReferenceForm::Excerpt
        | ReferenceForm::Document
        | ReferenceForm::Report
        | ReferenceForm::Law => set("volume", reference.issue.as_ref()),
    }
    if !reference.authors.is_empty() {
        let names = reference.authors.iter().map(|name| json!({ "literal": name }));
        item.insert("author".to_owned(), names.collect());
    }
    if let Some(day) = reference.accessed {
        item.insert("accessed".to_owned(), json!({ "date-parts": [day_parts(day)] }));
    }
    match reference.date {
        // A style has no words for years that are not known exactly; those that print the status of
        // a publication do so where the date would stand.
        Some(CitedDate { time: CitedTime::Years(from, to), .. }) => {
            item.insert("status".to_owned(), json!(format!("{from}—{to}")));
        }
        Some(CitedDate { time, is_estimated }) => {
            let mut date = json!({ "date-parts": [parts(time)] });
            if is_estimated {
                date["circa"] = Value::Bool(true);
            }
            item.insert("issued".to_owned(), date);
        }
        None => {}
    }
    item
}

fn csl_type(form: ReferenceForm) -> &'static str {
    match form {
        ReferenceForm::Newspaper => "article-newspaper",
        ReferenceForm::Excerpt => "chapter",
        ReferenceForm::Document => "document",
        ReferenceForm::Report => "report",
        ReferenceForm::Law => "legislation",
        ReferenceForm::WebPage => "webpage",
    }
}

fn parts(time: CitedTime) -> Vec<i16> {
    match time {
        CitedTime::Day(day) => day_parts(day),
        CitedTime::Month(year, month) => vec![year, i16::from(month)],
        CitedTime::Year(year) | CitedTime::Years(year, _) => vec![year],
    }
}

fn day_parts(day: CivilDate) -> Vec<i16> {
    vec![day.year(), i16::from(day.month()), i16::from(day.day())]
}
