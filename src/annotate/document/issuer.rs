//! Who issued a document: the office in its title, in the number of an order, or under it.

use crate::annotate::dates::line_beside_signature;
use crate::annotate::office_names::is_office;
use crate::model::{Article, Kind};

/// Words of a title after the name of the issuing office.
const DOES: &[&str] = &["关于", "關於", "印发", "转发", "批转", "发布", "表彰"];

/// The issuer of a document as printed, without blanks of the layout; `None` for other articles and
/// if no office is named.
#[must_use]
pub fn issuer(article: &Article) -> Option<String> {
    if !matches!(article.kind, Kind::Document | Kind::Notice) {
        return None;
    }
    in_title(article.title.as_deref().unwrap_or_default())
        .or_else(|| article.kicker.as_deref().filter(|kicker| is_office(kicker)).map(tidy))
        .or_else(|| {
            line_beside_signature(article)
                .filter(|line| line.chars().count() <= 40 && is_office(line))
                .map(tidy)
        })
        .or_else(|| article.docno.as_deref().and_then(of_order))
}

fn in_title(title: &str) -> Option<String> {
    let place = DOES.iter().filter_map(|word| title.find(word)).min()?;
    let name = title.get(..place)?;
    is_office(name).then(|| tidy(name))
}

/// 国务院 in 国务院令 第7号.
fn of_order(docno: &str) -> Option<String> {
    let name = docno.get(..docno.find(['令', '第'])?)?.trim();
    is_office(name).then(|| tidy(name))
}

/// Trims a name and collapses runs of blanks inside it, which separate several offices.
fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(title: &str, body: &str, credit: Option<&str>) -> Article {
        Article {
            kind: Kind::Document,
            title: Some(title.into()),
            body: body.into(),
            credit: credit.map(Into::into),
            ..Article::default()
        }
    }

    #[test]
    fn the_office_in_the_title_issued_the_document() {
        for (title, expected) in [
            ("南山区管委会 关于成立防汛办公室的通知", "南山区管委会"),
            ("南山市人民政府关于表彰劳动模范的决定", "南山市人民政府"),
            ("南山市人民政府办公室 印发《节水办法》的通知", "南山市人民政府办公室"),
            ("南山市财政局 南山市教育局 关于学费的通知", "南山市财政局 南山市教育局"),
        ] {
            assert_eq!(issuer(&document(title, "", None)).as_deref(), Some(expected));
        }
    }

    #[test]
    fn else_the_office_over_the_signature_day() {
        let signed = document("关于防汛的通知", "请照办。", Some("南山区管委会\n2021年3月5日"));
        assert_eq!(issuer(&signed).as_deref(), Some("南山区管委会"));
        let one_line = document("关于防汛的通知", "请照办。\n南山区管委会 2021年3月5日", None);
        assert_eq!(issuer(&one_line).as_deref(), Some("南山区管委会"));
    }

    #[test]
    fn else_nobody() {
        assert_eq!(issuer(&document("关于防汛的通知", "请照办。\n2021年3月5日", None)), None);
        let news = Article {
            kind: Kind::News, ..document("南山市政府关于防汛的部署", "", None)
        };
        assert_eq!(issuer(&news), None);
    }

    #[test]
    fn an_order_names_its_office_in_its_number() {
        let mut order = document("节水条例", "第一条 节约用水。", None);
        order.docno = Some("南山市人民政府令 第7号".into());
        assert_eq!(issuer(&order).as_deref(), Some("南山市人民政府"));
    }
}
