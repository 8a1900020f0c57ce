//! Which district is an article about, and which districts and places does it name?
//!
//! Toponym resolution against the gazetteer: `mentions` finds the names, `joint_names` a word that names
//! two at once, `disambiguate` chooses
//! among the divisions that a name can refer to by the scores of `candidate_scorer` (the parent
//! named nearby, other districts of the article and of the file, the publication's region from
//! `file_context`), and `unlisted` reads villages and misread towns. `classify` tells what the sentence
//! does with each mention, `roles` what each district is to the article, `district_scores` which of
//! them leads in the paper of a region, and `ranking` puts them in order.

mod candidate_scorer;
mod classify;
mod context_words;
mod disambiguate;
mod district_scores;
mod file_context;
mod joint_names;
mod mention_use;
mod mentions;
mod passage_cues;
mod persons;
mod place;
mod ranking;
mod reach;
mod region;
mod roles;
mod unlisted;

pub(crate) use file_context::FileContext;
pub(crate) use place::place_of;
pub use region::not_a_region;

use crate::annotate::document::issuer;
use crate::gazetteer::Gazetteer;
use crate::model::{Article, ArticleWarning, Basis, Kind, Place};
use disambiguate::ResolvedMentions;
use joint_names::add_joint_names;
use mentions::{Mention, ScannedText, find_mentions};
use persons::remove_persons;
use ranking::ArticlePlaces;

/// The districts and places of an article.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Locations {
    /// Districts, zones, cities and provinces with their roles: those that the article is about
    /// first, and of these the primary one.
    pub(crate) districts: Vec<Place>,
    /// Towns, streets, villages and communities in the order of the text.
    pub(crate) places: Vec<Place>,
    /// Warnings for the record.
    pub(crate) warnings: Vec<ArticleWarning>,
}

/// Bytes of the body that count as the lead.
const LEAD_BYTES: usize = 600;

/// Districts and places of an article, each with its evidence.
pub(crate) fn locate(gazetteer: &Gazetteer, article: &Article, context: &FileContext) -> Locations {
    let (lead, rest) = cut_lead(&article.body);
    let passages: Vec<ScannedText<'_>> = [
        (Basis::Title, article.title.as_deref()),
        (Basis::Title, article.kicker.as_deref()),
        (Basis::Title, article.subtitle.as_deref()),
        (Basis::Lead, Some(lead)),
        (Basis::Body, Some(rest)),
    ]
    .into_iter()
    .filter_map(|(basis, text)| Some(ScannedText::new(basis, text?)))
    .collect();
    let mut mentions: Vec<Mention> = passages
        .iter()
        .enumerate()
        .flat_map(|(index, passage)| {
            let text = passage.folded.text.as_str();
            let mut mentions = find_mentions(gazetteer, index, text);
            add_joint_names(gazetteer, index, text, &mut mentions);
            mentions
        })
        .collect();
    remove_persons(&mut mentions, &passages);
    let mut resolved = ResolvedMentions::resolve(gazetteer, context, &passages, mentions);
    let mut located =
        Locations { warnings: std::mem::take(&mut resolved.warnings), ..Locations::default() };
    let issuer = (article.kind == Kind::Document).then(|| issuer::issuer(article)).flatten();
    let article_places = ArticlePlaces {
        gazetteer,
        resolved: &resolved,
        passages: &passages,
        context,
        kind: article.kind,
        issuer: issuer.as_deref(),
    };
    located.districts = article_places.districts();
    located.places = resolved.places(&passages);
    located
}

/// Splits a body into lead and rest: the lead is the first paragraph, at most 600 bytes of it.
fn cut_lead(body: &str) -> (&str, &str) {
    let mut end = body.find('\n').unwrap_or(body.len()).min(LEAD_BYTES);
    while !body.is_char_boundary(end) {
        end -= 1;
    }
    body.split_at(end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::SourceText;
    use crate::model::SplitFile;

    fn article(title: &str, body: &str) -> Article {
        Article { title: Some(title.into()), body: body.into(), ..Article::default() }
    }

    fn locate(region: &str, title: &str, body: &str) -> Locations {
        let gazetteer = Gazetteer::built_in();
        let mut source = SourceText::from_text("page.txt", format!("{title}\n{body}"));
        source.meta.region = Some(region.to_owned()).filter(|region| !region.is_empty());
        let context = FileContext::of(&gazetteer, &source, &SplitFile::default());
        super::locate(&gazetteer, &article(title, body), &context)
    }

    #[track_caller]
    fn check(region: &str, title: &str, body: &str, expected: &str) {
        let located = locate(region, title, body);
        let path = located.districts.first().map(|place| place.path.join(">"));
        assert_eq!(path.unwrap_or_default(), expected, "{title} {body}: {located:?}");
    }

    #[test]
    fn a_repeated_name_is_the_one_in_the_region_or_below_the_city_named_nearby() {
        check("浙江省杭州市", "西湖区开建两座书房", "昨天动工。", "浙江省>杭州市>西湖区");
        check("南昌", "西湖区开建两座书房", "昨天动工。", "江西省>南昌市>西湖区");
        check("", "书房", "记者从徐州市鼓楼区获悉，书房动工。", "江苏省>徐州市>鼓楼区");
        check("", "书房", "福州消息：鼓楼区的书房动工。", "福建省>福州市>鼓楼区");
        check("", "书房", "鼓楼区和龙亭区、禹王台区各建一座书房。", "河南省>开封市>鼓楼区");
        check("吉林长春", "朝阳区试行新办法", "昨日起施行。", "吉林省>长春市>朝阳区");
        check("110000", "朝阳区试行新办法", "昨日起施行。", "北京市>朝阳区");
        check("", "白云区的花市", "贵阳市的花市设在白云区。", "贵州省>贵阳市>白云区");
        check("440100", "白云区的花市", "花市开了。", "广东省>广州市>白云区");
    }

    #[test]
    fn traditional_text_names_the_same_units() {
        check("", "滎陽書局開張", "滎陽書局昨日開張。", "河南省>郑州市>荥阳市");
        check("", "書局開張", "【滎陽通訊】書局昨日開張。", "河南省>郑州市>荥阳市");
        check("", "書局開張", "開封縣書局與蘭考縣書局同日開張。", "河南省>开封市>祥符区");
    }

    #[test]
    fn a_document_is_about_the_districts_below_the_city_that_issued_it() {
        let text =
            ("绍兴市人民政府关于公布名录的通知", "名录如下。\n新昌县的桥两座，嵊州市的桥一座。");
        check("绍兴市", text.0, text.1, "浙江省>绍兴市");
        let issued = Article { kind: Kind::Document, ..article(text.0, text.1) };
        let located = super::locate(&Gazetteer::built_in(), &issued, &FileContext::default());
        let names: Vec<&str> = located.districts.iter().map(|place| place.name.as_str()).collect();
        assert_eq!(names, ["新昌县", "嵊州市", "绍兴市"]);
    }

    #[test]
    fn a_town_of_a_name_that_is_gone_is_no_other_districts() {
        let (title, body) = ("花园镇药农忙", "三台县花园镇的药农开秤。");
        check("绵阳市", title, body, "四川省>绵阳市>三台县");
        assert_eq!(locate("绵阳市", title, body).districts.len(), 1);
    }

    #[test]
    fn the_end_of_a_longer_name_names_no_district() {
        check("", "市容", "太仓市娄东街道的队员巡查。", "江苏省>苏州市>太仓市");
        assert_eq!(locate("", "市容", "太仓市娄东街道的队员巡查。").districts.len(), 1);
        let located = locate("", "市容", "印在台北市大安区。");
        assert!(located.districts.iter().all(|place| place.name != "大安区"), "{located:?}");
    }

    #[test]
    fn a_word_that_names_two_districts_names_each_where_a_clause_begins() {
        for (body, expected) in [
            ("港澳居民来办证。", &["香港特别行政区", "澳门特别行政区"][..]),
            ("港澳台同胞来参观。", &[]),
            ("往来港澳的证件好办。", &[]),
            ("粤港澳大湾区的会。", &[]),
        ] {
            let located = locate("", "消息", body);
            let mut found: Vec<&str> =
                located.districts.iter().map(|place| place.name.as_str()).collect();
            found.sort_unstable();
            let mut expected = expected.to_vec();
            expected.sort_unstable();
            assert_eq!(found, expected, "{body}");
        }
    }

    #[test]
    fn what_nothing_decides_stays_ambiguous() {
        let located = locate("", "鼓楼区的书房", "书房动工。");
        let place = &located.districts[0];
        assert_eq!((place.name.as_str(), &place.code), ("鼓楼区", &None));
        assert_eq!(place.ambiguous.len(), 4);
        let printed = "鼓楼区".to_owned();
        assert_eq!(located.warnings, [ArticleWarning::UnclearPlace { printed }]);
        let located = locate("", "高新区的书房", "书房动工。");
        assert!(located.districts.is_empty() && !located.warnings.is_empty(), "{located:?}");
    }

    #[test]
    fn a_town_or_a_street_names_its_district() {
        check("郑州市", "社区食堂", "人民路街道的食堂开张。", "河南省>郑州市>金水区");
        check("郑州市", "社区食堂", "人民路办事处的食堂开张。", "河南省>郑州市>金水区");
        check("", "集市", "武山县的集市开了。\n城关镇也开了。", "甘肃省>天水市>武山县");
        check("", "厂房", "东莞市石碣镇的厂房完工。", "广东省>东莞市");
        let located = locate("郑州", "社区食堂", "新密市城关镇的食堂开张。");
        assert_eq!(located.places[0].path, ["河南省", "郑州市", "新密市", "城关镇"]);
        assert_eq!(located.places[0].code.as_deref(), Some("410183100"));
    }

    #[test]
    fn zones_are_named_with_their_city_or_follow_from_the_region() {
        check("郑州市", "高新区发布新规", "即日施行。", "河南省>郑州市>郑州高新区");
        check("新乡市", "高新区发布新规", "即日施行。", "河南省>新乡市>新乡高新区");
        check("", "新规", "洛阳国家高新技术产业开发区发布新规。", "河南省>洛阳市>洛阳高新区");
        check("", "新规", "绵阳高新区发布新规。", "四川省>绵阳市>绵阳高新区");
        check("", "新规", "昆山高新区发布新规。", "江苏省>苏州市>昆山市");
        check("", "新规", "雄安新区发布新规。", "河北省>保定市>雄安新区");
        check("新乡市", "新规", "关堤乡发布新规。", "河南省>新乡市>新乡高新区");
    }

    #[test]
    fn units_of_every_shape_are_known() {
        check("", "夜市", "济源市的夜市开了。", "河南省>济源市");
        check("", "夜市", "浦东新区的夜市开了。", "上海市>浦东新区");
        check("", "夜市", "南京江宁区的夜市开了。", "江苏省>南京市>江宁区");
        check("", "夜市", "阿克苏地区的夜市开了。", "新疆维吾尔自治区>阿克苏地区");
        check("", "夜市", "吉林市的夜市开了。", "吉林省>吉林市");
        check("", "夜市", "墨脱县的夜市开了。", "西藏自治区>林芝市>墨脱县");
        check("", "夜市", "鄂伦春自治旗的夜市开了。", "内蒙古自治区>呼伦贝尔市>鄂伦春自治旗");
        check("", "夜市", "解放前的许昌县也有夜市。", "河南省>许昌市>建安区");
    }

    #[test]
    fn the_district_that_the_article_is_about_comes_first() {
        let body = "二七区的菜场里，中牟县的白菜到货，中牟县的菜农说不愁卖。";
        check("郑州", "菜场开门", body, "河南省>郑州市>二七区");
        let body = "会议通报，荥阳市、登封市进度较快。";
        check("郑州", "新密开会部署春耕", body, "河南省>郑州市>新密市");
        let body = "郑州市的部署会昨天召开。\n荥阳市作了发言。";
        check("", "郑州部署春耕", body, "河南省>郑州市");
    }

    #[test]
    fn a_short_name_needs_support_or_the_place_of_a_dateline() {
        check("", "消息", "【上虞通讯】油坊失火。", "浙江省>绍兴市>上虞区");
        check("郑州市", "消息", "本报登封讯(记者 甲)开工。", "河南省>郑州市>登封市");
        check("郑州市", "登封开工建桥", "桥长百米。", "河南省>郑州市>登封市");
        check("", "消息", "客人去过河北涿州。", "河北省>保定市>涿州市");
        check("", "消息", "客人去过涿州。", "");
        check("郑州市", "消息", "客人去过涿州市，爱说涿州。", "河北省>保定市>涿州市");
    }

    #[test]
    fn words_that_only_contain_a_name_are_none() {
        for body in [
            "中原银行放贷。",
            "沿和平大道向东。",
            "登封路封路。",
            "出彩中原。",
            "朝阳升起。",
            "中原区域经济。",
            "老区新貌，创新区域机制。",
        ] {
            let located = locate("", "消息", body);
            assert!(located.districts.is_empty(), "{body} {located:?}");
            check("郑州市", "消息", body, "河南省>郑州市");
        }
    }

    #[test]
    fn the_paper_of_a_city_means_the_city_where_it_names_no_place() {
        for (region, body, expected) in [
            ("徐州市", "明日停水，请储水。", "江苏省>徐州市"),
            ("徐州市", "江苏今日有雨。", "江苏省>徐州市"),
            ("110000", "明日停水，请储水。", "北京市"),
            ("徐州市", "甘肃省今日有雪。", "甘肃省"),
            ("江苏省", "明日停水，请储水。", ""),
            ("", "明日停水，请储水。", ""),
        ] {
            check(region, "停水", body, expected);
        }
        let located = locate("徐州市", "停水", "明日停水，请储水。");
        let place = &located.districts[0];
        assert_eq!((place.basis, place.evidence.as_str()), (Basis::Region, ""));
        assert!(located.warnings.is_empty());
    }

    #[test]
    fn the_paper_of_a_zone_means_the_zone_by_its_own_words() {
        let source = SourceText::from_text("page.txt", "新乡市");
        let split_file =
            SplitFile { publication: Some("新乡高新区公报".into()), ..SplitFile::default() };
        let gazetteer = Gazetteer::built_in();
        let context = FileContext::of(&gazetteer, &source, &split_file);
        let located = super::locate(&gazetteer, &article("消息", "我区开展检查。"), &context);
        let place = &located.districts[0];
        assert_eq!((place.name.as_str(), place.basis), ("新乡高新区", Basis::Issue));
        assert_eq!(place.evidence, "我区");
    }

    #[test]
    fn an_advertisement_is_about_no_region_that_it_does_not_name() {
        let source = SourceText::from_text("page.txt", "新乡市");
        let split_file =
            SplitFile { publication: Some("新乡高新区公报".into()), ..SplitFile::default() };
        let gazetteer = Gazetteer::built_in();
        let mut context = FileContext::of(&gazetteer, &source, &split_file);
        let found = |context: &FileContext, title: &str, body: &str| {
            let notice = Article { kind: Kind::Notice, ..article(title, body) };
            super::locate(&gazetteer, &notice, context).districts.len()
        };
        assert_eq!(found(&context, "遗失声明", "甘棠遗失驾驶证，声明作废。"), 0);
        assert_eq!(found(&context, "招聘", "我区门店招店员二名。"), 1);
        assert_eq!(found(&context, "停水通知", "明日停水，请储水。"), 1);
        context.region = context.region.map(|(region, _)| (region, Basis::Config));
        assert_eq!(found(&context, "遗失声明", "甘棠遗失驾驶证，声明作废。"), 1);
    }

    #[test]
    fn a_misread_town_is_found_among_the_towns_of_the_city_and_says_so() {
        let located = locate("郑州市", "消息", "中牟县狼坡岗镇收了麦子。");
        let place = &located.places[0];
        assert_eq!((place.name.as_str(), place.evidence.as_str()), ("狼城岗镇", "狼坡岗镇"));
        assert_eq!(place.basis, Basis::Inferred);
        let (printed, name) = ("狼坡岗镇".to_owned(), "狼城岗镇".to_owned());
        assert_eq!(located.warnings, [ArticleWarning::ReadAs { printed, name }]);
        assert!(locate("郑州市", "消息", "中牟县的乡镇收了麦子。").places.is_empty());
    }

    #[test]
    fn villages_are_places_below_the_town_named_before_them() {
        let located = locate("郑州市", "消息", "登封市大冶镇洞头村修了路，农村面貌一新。");
        let paths: Vec<String> = located.places.iter().map(|p| p.path.join(">")).collect();
        let town = "河南省>郑州市>登封市>大冶镇".to_owned();
        assert_eq!(paths, [town.clone(), town + ">洞头村"]);
    }

    const PIECES: [&str; 14] = [
        "新乡",
        "高新区",
        "鼓楼区",
        "人民路",
        "街道",
        "办事处",
        "村",
        "、",
        "\n",
        "Ａ１",
        "滎陽市",
        "镇",
        "我区",
        "县",
    ];

    proptest! {
        #[test]
        fn evidence_is_always_a_piece_of_the_text(
            pieces in prop::collection::vec(prop::sample::select(&PIECES[..]), 0..30),
            noise in ".{0,40}",
        ) {
            let body = format!("{}{noise}{}", pieces.concat(), pieces.concat());
            for region in ["", "410100"] {
                let located = locate(region, &noise, &body);
                for place in located.districts.iter().chain(&located.places) {
                    prop_assert!(body.contains(&place.evidence) || noise.contains(&place.evidence));
                    prop_assert!(!place.name.is_empty());
                }
            }
        }
    }
}
