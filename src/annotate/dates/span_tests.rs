//! The places of the words that dates were read from.

use super::date_of;
use crate::model::{Article, Basis, CivilDate, Issue, IssueDate, SourceMeta};

#[test]
fn the_words_of_a_date_stand_where_the_note_says() {
    let day = CivilDate::new(2021, 3, 8).ok();
    let date = IssueDate { value: day, not_before: day, not_after: day, basis: Basis::Issue };
    let issue = Issue { number: None, date };
    let news = |body: &str| Article { body: body.into(), ..Article::default() };
    for (body, start) in [
        ("老桥是2019年3月5日封的。\n3月5日，新桥通车。", "老桥是2019年3月5日封的。\n".len()),
        ("新桥\n昨天，新桥通车。", "新桥\n".len()),
        ("新桥通车。\n路通了。3月5日，第一班车开出。", "新桥通车。\n路通了。".len()),
        ("新桥通车。\n（本报石门3月5日电）", "新桥通车。\n（本报石门".len()),
        (
            "2021年3月5日的会议定了。\n某镇办公室\n2021年3月5日",
            "2021年3月5日的会议定了。\n某镇办公室\n".len(),
        ),
    ] {
        let note = date_of(&news(body), &issue, &SourceMeta::default(), None);
        let span = note.span.clone().unwrap_or_default();
        assert_eq!(body.get(span.clone()), note.text.as_deref(), "{body}: {note:?}");
        assert_eq!(span.start, start, "{body}: {note:?}");
    }
    let titled =
        Article { title: Some("新桥通车 2021年3月5日".into()), ..news("新桥通车。") };
    let note = date_of(&titled, &issue, &SourceMeta::default(), None);
    assert_eq!((note.basis, note.span), (Basis::Title, None));
}
