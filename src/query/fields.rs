//! The names of fields and of kinds, as people type them.

use crate::model::Kind;
use crate::text::fold;

/// What stands before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum QueryField {
    /// A part of the printed text.
    Text(Within),
    /// A field of the record.
    Value(ValueField),
    /// 类型.
    Kind,
    /// A date.
    Date(DateField),
}

/// In which part of an article a text is looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Within {
    /// In everything that is printed.
    #[default]
    Anywhere,
    /// 标题: kicker, title, subtitle.
    Headline,
    /// 正文.
    Body,
}

/// A field of the record that has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ValueField {
    /// 地区: a district or place that the article is about, or what lies above it.
    District,
    /// 涉及地区: the same, whatever the district is to the article.
    NamedDistrict,
    /// 文种, 体裁.
    Genre,
    /// 主题.
    Topic,
    /// 来源: who printed a reprinted item first.
    Outlet,
    /// 文号.
    Docno,
    /// 记者.
    Reporter,
    /// 通讯员.
    Correspondent,
    /// 摄影.
    Photographer,
    /// 作者: a reporter, a correspondent or a photographer.
    Author,
    /// 报纸.
    Publication,
    /// 栏目.
    Section,
    /// 版.
    Page,
    /// 发文机关.
    Issuer,
    /// 编号: the article's id.
    Id,
    /// 文件: the path of the file below the corpus folder.
    Source,
    /// 指标: an indicator that the article states a value or a change of.
    Indicator,
    /// 标签: a tag that people gave it.
    Tag,
    /// 收藏: a collection that it is in.
    Collection,
}

/// A date of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateField {
    /// 日期: the article's date can lie in these days.
    Article,
    /// 确切日期: the article's date lies in these days, wherever it lies in its interval.
    Certain,
    /// 刊期: the issue's date.
    Issue,
    /// 涉及日期: a day or period that the article speaks of lies in or meets these days.
    Mentioned,
}

/// Every field with its names, the one that is printed first. They are typed in any case, in any
/// width, in simplified or traditional script.
pub const FIELD_NAMES: &[(QueryField, &[&str])] = &[
    (QueryField::Text(Within::Headline), &["标题", "title", "headline"]),
    (QueryField::Text(Within::Body), &["正文", "body"]),
    (QueryField::Value(ValueField::District), &["地区", "区县", "district", "place"]),
    (QueryField::Value(ValueField::NamedDistrict), &["涉及地区", "提及地区", "named"]),
    (QueryField::Value(ValueField::Topic), &["主题", "topic"]),
    (QueryField::Value(ValueField::Outlet), &["来源", "outlet"]),
    (QueryField::Value(ValueField::Docno), &["文号", "docno"]),
    (QueryField::Value(ValueField::Reporter), &["记者", "reporter"]),
    (QueryField::Value(ValueField::Correspondent), &["通讯员", "correspondent"]),
    (QueryField::Value(ValueField::Photographer), &["摄影", "photographer"]),
    (QueryField::Value(ValueField::Author), &["作者", "author"]),
    (QueryField::Value(ValueField::Publication), &["报纸", "报刊", "publication"]),
    (QueryField::Value(ValueField::Section), &["栏目", "section"]),
    (QueryField::Value(ValueField::Page), &["版", "版面", "page"]),
    (QueryField::Value(ValueField::Issuer), &["发文机关", "issuer"]),
    (QueryField::Value(ValueField::Id), &["编号", "id"]),
    (QueryField::Value(ValueField::Source), &["文件", "source", "file"]),
    (QueryField::Value(ValueField::Genre), &["文种", "体裁", "genre"]),
    (QueryField::Value(ValueField::Indicator), &["指标", "indicator"]),
    (QueryField::Value(ValueField::Tag), &["标签", "tag"]),
    (QueryField::Value(ValueField::Collection), &["收藏", "专题", "collection"]),
    (QueryField::Kind, &["类型", "种类", "kind", "type"]),
    (QueryField::Date(DateField::Article), &["日期", "date"]),
    (QueryField::Date(DateField::Certain), &["确切日期", "certain"]),
    (QueryField::Date(DateField::Issue), &["刊期", "issue"]),
    (QueryField::Date(DateField::Mentioned), &["涉及日期", "mentions"]),
];

/// Every kind with its names, the one that is printed first.
pub const KIND_NAMES: &[(Kind, &[&str])] = &[
    (Kind::News, &["news", "新闻", "消息"]),
    (Kind::Document, &["document", "公文", "文件"]),
    (Kind::Profile, &["profile", "人物", "简介"]),
    (Kind::Photo, &["photo", "图片", "照片"]),
    (Kind::Notice, &["notice", "公告", "启事"]),
];

impl ValueField {
    /// Whether its values are what people call articles, which 无 says that there are none of.
    #[must_use]
    pub fn is_label(self) -> bool {
        matches!(self, Self::Tag | Self::Collection)
    }
}

impl QueryField {
    /// The field of this name.
    pub(super) fn named(typed: &str) -> Option<Self> {
        named(FIELD_NAMES, typed)
    }

    /// The name that is printed. Text that is looked for anywhere has none.
    pub(super) fn name(self) -> &'static str {
        let row = FIELD_NAMES.iter().find(|(field, _)| *field == self);
        row.and_then(|(_, names)| names.first()).copied().unwrap_or_default()
    }

    /// The name with its colon.
    pub(super) fn prefix(self) -> String {
        format!("{}:", self.name())
    }
}

/// Whether a value says that an article has none: 无, none.
#[must_use]
pub fn is_none_value(typed: &str) -> bool {
    matches!(fold(typed).text.as_str(), "无" | "none")
}

/// The kind of this name.
#[must_use]
pub fn kind_named(typed: &str) -> Option<Kind> {
    named(KIND_NAMES, typed)
}

fn named<T: Copy>(table: &[(T, &[&str])], typed: &str) -> Option<T> {
    let folded = fold(typed).text;
    table.iter().find(|(_, names)| names.contains(&folded.as_str())).map(|(of, _)| *of)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::query::Expected;

    #[test]
    fn names_are_found_in_any_case_width_and_script() {
        let title = Some(QueryField::Text(Within::Headline));
        assert_eq!(["标题", "標題", "Title", "ＴＩＴＬＥ"].map(QueryField::named), [title; 4]);
        assert_eq!(QueryField::named("發文機關"), Some(QueryField::Value(ValueField::Issuer)));
        assert_eq!(["", "题", "titles"].map(QueryField::named), [None; 3]);
        assert_eq!(kind_named("啟事"), Some(Kind::Notice));
    }

    #[test]
    fn no_name_stands_for_two_fields_and_each_is_in_the_form_that_is_compared() {
        let fields = FIELD_NAMES.iter().flat_map(|(_, names)| names.iter());
        let kinds = KIND_NAMES.iter().flat_map(|(_, names)| names.iter());
        for (count, names) in [
            (fields.clone().count(), fields.collect::<HashSet<_>>()),
            (kinds.clone().count(), kinds.collect()),
        ] {
            assert_eq!(names.len(), count);
            assert!(names.iter().all(|name| fold(name).text == **name));
        }
    }

    #[test]
    fn every_kind_has_a_name_that_is_the_word_of_records_and_is_offered() {
        let offered = Expected::Kind.to_string();
        for kind in Kind::ALL {
            assert_eq!(kind_named(kind.as_str()), Some(kind));
            assert!(offered.contains(kind.as_str()));
        }
        assert_eq!(KIND_NAMES.len(), Kind::ALL.len());
    }
}
