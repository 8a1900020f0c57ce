//! Shares and contributions: X占Y比重, X对Y的贡献率.

use super::catalogue::Nature;
use super::found_name::{modifier_start, name_at_end};
use super::phrase::WordsBefore;
use super::reader::{NumberedSentence, Reader, Said};
use super::row::NamedAs;
use super::territory::Subject;

/// Length of the whole that a share is of, in characters.
const MAX_WHOLE_CHARS: usize = 16;

/// Length of the name of a sector that has a share, in characters.
const MAX_SECTOR_CHARS: usize = 10;

impl Reader<'_> {
    /// 工业…, 对GDP增长的贡献率 57%: who contributes to what.
    pub(super) fn contribution(
        &self,
        phrase: &str,
        sentence: &NumberedSentence<'_>,
    ) -> Option<String> {
        let at = phrase.rfind('对')?;
        let whole =
            phrase[at + '对'.len_utf8()..].trim_end_matches("贡献率").trim_end_matches('的');
        let whole = whole.trim_end_matches("增长").replace("gdp", "地区生产总值");
        let own = phrase[..at].rsplit([',', ';']).next().unwrap_or_default();
        let part = if own.is_empty() {
            let row = self.rows_of(sentence).last()?;
            let name = row.named.name.split(['占', '对']).next().unwrap_or_default();
            name.trim_end_matches("增加值").to_owned()
        } else {
            own.to_owned()
        };
        Some(format!("{part}对{whole}增长贡献率"))
    }

    /// X占Y比重: the part before 占, or the row before.
    pub(super) fn share(
        &self,
        sentence: &NumberedSentence<'_>,
        words: &WordsBefore<'_>,
        said: &Said,
    ) -> Option<NamedAs> {
        let rest = &words.text[..words.lead.rest];
        let text = if rest.contains('占') { rest } else { words.text };
        let at = text.find('占')?;
        let is_area = text[at..].starts_with("占地") && !text[at..].starts_with("占地区");
        if is_area || text[at..].starts_with("占比") {
            return None;
        }
        let whole_start = at + '占'.len_utf8();
        let whole =
            text[whole_start..].trim_end_matches(['达', '到', '为', '约', '近', '超', '过']);
        let ends = ["比重", "比例", "份额"];
        let whole = ends.iter().find_map(|end| whole.strip_suffix(end)).unwrap_or(whole);
        let whole = whole.trim_end_matches('的');
        let whole = whole.trim_start_matches(['到', '了']);
        // 占同期全国外贸进出口值: the time is no part of the name, and the territory is not.
        let whole = whole.trim_start_matches("同期");
        let whole = ["全市", "全省", "全国"]
            .iter()
            .find_map(|start| whole.strip_prefix(start))
            .filter(|rest| !rest.is_empty())
            .unwrap_or(whole);
        if whole.is_empty()
            || whole.contains(['年', ','])
            || whole.chars().count() > MAX_WHOLE_CHARS
            || ["预算", "目标", "计划", "任务"].iter().any(|word| whole.ends_with(word))
            || self.subject_before(sentence, words.start, said) == Some(Subject::Other)
        {
            return None;
        }
        let part = text[..at].trim_end_matches([',', '"', '合', '计']);
        let start = sentence.start + words.start;
        let owner = match name_at_end(part, None, self.territories) {
            Some(found) => {
                let span = start + found.span.start..start + found.span.end;
                NamedAs::printed(sentence.body, sentence.passage, span)
            }
            None if part.trim_matches([',', '、']).is_empty() => {
                self.rows_of(sentence).last()?.named.clone()
            }
            None => {
                let from = modifier_start(part, self.territories);
                let is_sector = ["业", "经济"].iter().any(|end| part.ends_with(end));
                let chars = part[from..].chars().count();
                if !is_sector || !(2..=MAX_SECTOR_CHARS).contains(&chars) {
                    return None;
                }
                NamedAs::printed(sentence.body, sentence.passage, start + from..start + part.len())
            }
        };
        let whole_at = start + whole_start + text[whole_start..].find(whole)?;
        let whole =
            NamedAs::printed(sentence.body, sentence.passage, whole_at..whole_at + whole.len());
        let whole_name = match whole.name.as_str() {
            "GDP" | "生产总值" | "国内生产总值" => "地区生产总值",
            name => name,
        };
        Some(NamedAs {
            name: format!("{}占{whole_name}比重", owner.name),
            id: None,
            span: owner.span.start.min(whole.span.start)..whole.span.end,
            tail: "比重",
            nature: Nature::Rate,
        })
    }
}
