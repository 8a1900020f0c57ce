//! The cleaning of articles, and the words that are drawn.

use fastrand::Rng;

use super::Stock;
use super::stock::could_be_headline;
use super::words::{Repertoire, chinese_digits, chinese_number, foreign_place, full_width};

/// The title and the sentences of an article.
fn read(title: &str, body: &str) -> (Vec<String>, Vec<String>) {
    let mut rng = Rng::with_seed(1);
    let row = serde_json::json!({ "title": title, "body": body }).to_string();
    let stock = Stock::from_rows([row].iter(), 1, &mut rng).expect("a usable article");
    let article = stock.draw(&mut rng);
    (article.title.clone(), article.sentences.clone())
}

#[test]
fn articles_lose_the_opening_and_the_closing_of_their_agency() {
    let text = "南桥水库今天开始放水，沿岸二十多个村庄的稻田都将得到灌溉。".repeat(3);
    let (_, expected) = read("", &text);
    assert_eq!(expected.concat(), text);
    let openings =
        ["新华社南桥4月2日电（记者李明）", "中新网4月2日电 (李明)", "本报讯 ", "央视网消息："];
    for opening in openings {
        for closing in
            ["", "（完）", "【编辑：李明】", "相关阅读：《水库放水》广告声明：文内链接仅供参考。"]
        {
            let (_, sentences) = read("", &format!("{opening}{text}{closing}"));
            assert_eq!(sentences, expected, "{opening}…{closing}");
        }
    }
}

#[test]
fn sentences_end_outside_quotation_marks_and_titles_part_between_chinese_words() {
    let quoted = "老人说：“今年的水不算多。明年还要再看一看。”然后他就走了。";
    let next = "第二天这里下了一场大雨，河水涨了两尺，村里的人都到堤上来看水势。";
    let (title, sentences) = read("新桥通车 两岸居民 5 月起过江", &format!("{quoted}{next}"));
    assert_eq!(sentences, [quoted, next]);
    assert_eq!(title, ["新桥通车", "两岸居民 5 月起过江"]);
}

#[test]
fn numbers_are_written_in_chinese() {
    let written = [0, 7, 10, 15, 20, 48, 100, 103, 112, 120].map(chinese_number).join(" ");
    assert_eq!(written, "〇 七 十 十五 二十 四十八 一百 一百零三 一百十二 一百二十");
    assert_eq!(chinese_digits(2008), "二〇〇八");
    assert_eq!(full_width("第12版"), "第１２版");
}

#[test]
fn site_notices_and_fragments_are_no_sentences() {
    let text = "南桥水库今天开始放水，沿岸二十多个村庄的稻田都将得到灌溉。".repeat(3);
    let (_, expected) = read("", &text);
    for noise in ["广告美女在线等你。", "南桥镇宣传部供稿的图片", "责编李明编辑王芳审核张平。"]
    {
        let (_, sentences) = read("", &format!("{text}{noise}"));
        assert_eq!(sentences, expected, "{noise}");
    }
}

#[test]
fn clauses_that_only_link_others_are_no_headlines() {
    for clause in ["三十户人家喝上井水", "新桥两岸通车"] {
        assert!(could_be_headline(clause), "{clause}");
    }
    for clause in ["在昨天的会议上", "但是水不算多", "专家表示", "放水以后", "记者走进村子"]
    {
        assert!(!could_be_headline(clause), "{clause}");
    }
}

#[test]
fn related_articles_share_what_a_title_names() {
    let mut rng = Rng::with_seed(2);
    let row = |title: &str, text: &str| {
        serde_json::json!({ "title": title, "body": text.repeat(4) }).to_string()
    };
    let rows = [
        row("南桥水库开始放水", "南桥水库今天开始放水，沿岸村庄的稻田都将得到灌溉。"),
        row("稻田得到灌溉", "南桥水库放水以后，下游三个镇的稻田都得到了灌溉。"),
        row("新书展览开幕", "图书馆举办新书展览，读者可以借阅两千多种图书。"),
    ];
    let stock = Stock::from_rows(rows.iter(), rows.len(), &mut rng).expect("usable articles");
    let reservoir = loop {
        let article = stock.draw(&mut rng);
        if article.title == ["南桥水库开始放水"] {
            break article;
        }
    };
    assert_eq!(stock.related(reservoir, &mut rng).title, ["稻田得到灌溉"]);
}

#[test]
fn a_repertoire_has_some_of_the_forms_and_prefers_its_first() {
    let mut rng = Rng::with_seed(3);
    for _ in 0..100 {
        let repertoire = Repertoire::random(&mut rng, &[1, 2, 3, 4, 5], 3);
        let mut counts = [0; 6];
        for _ in 0..200 {
            counts[repertoire.draw(&mut rng)] += 1;
        }
        let drawn = counts.iter().filter(|&&count| count > 0).count();
        assert!((1..=3).contains(&drawn), "{counts:?}");
        assert!(counts.iter().any(|&count| count >= 60), "{counts:?}");
    }
}

#[test]
fn places_abroad_have_two_to_five_characters() {
    let mut rng = Rng::with_seed(4);
    for _ in 0..100 {
        assert!((2..=5).contains(&foreign_place(&mut rng).chars().count()));
    }
}
