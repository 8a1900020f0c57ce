//! Pages that are set by hand.

use super::*;

/// Sets text in lines of a number of wide characters; type of size 10, lines 15 apart.
struct Setter {
    glyphs: Vec<PlacedGlyph>,
    run: u32,
    rules: Vec<Rule>,
}

fn sheet() -> Sheet {
    Sheet::new(700.0, 1000.0).expect("a page")
}

impl Setter {
    fn new() -> Self {
        Self { glyphs: Vec::new(), run: 0, rules: Vec::new() }
    }

    /// A line from a place on, one glyph after another.
    fn line(&mut self, text: &str, place: (f32, f32), size: f32) -> &mut Self {
        self.run += 1;
        self.set(text, place, size, |c| if c.is_ascii() { 0.5 } else { 1.0 })
    }

    /// The same as one string, or as a string for each character, with other widths in sizes of type.
    fn narrow(&mut self, text: &str, place: (f32, f32), width: f32, is_one_run: bool) -> &mut Self {
        self.run += 1;
        let from = self.glyphs.len();
        self.set(text, place, 10.0, |_| width);
        if !is_one_run {
            for glyph in &mut self.glyphs[from..] {
                self.run += 1;
                glyph.run = self.run;
            }
        }
        self
    }

    fn set(
        &mut self,
        text: &str,
        (x, y): (f32, f32),
        size: f32,
        width: impl Fn(char) -> f32,
    ) -> &mut Self {
        let mut left = x;
        for c in text.chars() {
            let width = size * width(c);
            let frame = sheet().frame((left, y), (left + width, y + size)).expect("on the page");
            let glyph = PlacedGlyph {
                text: c.to_string(),
                frame,
                size,
                direction: Direction::Right,
                run: self.run,
                is_hidden: false,
            };
            self.glyphs.push(glyph);
            left += width;
        }
        self
    }

    /// A vertical line, from a place on.
    fn down(&mut self, text: &str, (x, y): (f32, f32), size: f32) -> &mut Self {
        self.run += 1;
        for (index, c) in text.chars().enumerate() {
            let top = y + size * index as f32;
            let frame = sheet().frame((x, top), (x + size, top + size)).expect("on the page");
            let (direction, run) = (Direction::Down, self.run);
            let text = c.to_string();
            self.glyphs.push(PlacedGlyph { text, frame, size, direction, run, is_hidden: false });
        }
        self
    }

    /// A column of lines of some characters.
    fn column(&mut self, text: &str, (x, y): (f32, f32), per_line: usize) -> &mut Self {
        let chars: Vec<char> = text.chars().collect();
        for (row, line) in chars.chunks(per_line).enumerate() {
            let line: String = line.iter().collect();
            self.line(&line, (x, y + 15.0 * row as f32), 10.0);
        }
        self
    }

    /// A rule from one place to another.
    fn rule(&mut self, from: (f32, f32), to: (f32, f32)) -> &mut Self {
        self.rules.extend(sheet().frame(from, to).and_then(Rule::of));
        self
    }

    fn page(&self) -> PrintedPage {
        printed_page(1, sheet(), self.glyphs.clone(), &self.rules)
    }

    fn text(&self) -> String {
        text_of(vec![self.page()])
    }
}

fn text_of(pages: Vec<PrintedPage>) -> String {
    PageWriter::default().write("a.pdf", pages).text
}

#[test]
fn columns_are_read_one_after_the_other_below_their_headline() {
    let mut page = Setter::new();
    page.line("春灌提前", (200.0, 100.0), 30.0)
        .column("东乡的渠道清淤完毕支渠通水", (50.0, 150.0), 5)
        .column("西乡农户下周轮灌名单已公布", (120.0, 150.0), 5);
    assert_eq!(
        page.text(),
        "春灌提前\n\n东乡的渠道\n清淤完毕支\n渠通水\n\n西乡农户下\n周轮灌名单\n已公布\n\n"
    );
}

#[test]
fn a_sentence_goes_on_in_the_next_column_without_a_blank_line() {
    let mut page = Setter::new();
    page.column("东乡的渠道清淤完毕支", (50.0, 150.0), 5).column(
        "渠通水西乡农户下周轮灌",
        (120.0, 150.0),
        5,
    );
    assert_eq!(page.text(), "东乡的渠道\n清淤完毕支\n渠通水西乡\n农户下周轮\n灌\n\n");
}

#[test]
fn articles_side_by_side_and_one_below_both_are_read_one_by_one() {
    let mut page = Setter::new();
    page.line("甲文标题", (50.0, 100.0), 20.0)
        .column("甲一甲一甲一甲一甲一", (50.0, 130.0), 5)
        .column("甲二甲二甲二甲二。", (120.0, 130.0), 5)
        .line("乙文标题", (200.0, 100.0), 20.0)
        .column("乙一乙一乙一乙一。", (200.0, 130.0), 5)
        .line("丙文横贯三栏的标题", (50.0, 200.0), 20.0)
        .column("丙一丙一丙一丙一丙一", (50.0, 230.0), 5)
        .column("丙二丙二丙二丙二丙二", (120.0, 230.0), 5)
        .column("丙三丙三丙三丙三。", (200.0, 230.0), 5);
    let text = page.text();
    let found: Vec<&str> = text.lines().filter(|line| !line.is_empty()).collect();
    let expected = [
        "甲文标题",
        "甲一甲一甲",
        "一甲一甲一",
        "甲二甲二甲",
        "二甲二。",
        "乙文标题",
        "乙一乙一乙",
        "一乙一。",
        "丙文横贯三栏的标题",
        "丙一丙一丙",
        "一丙一丙一",
        "丙二丙二丙",
        "二丙二丙二",
        "丙三丙三丙",
        "三丙三。",
    ];
    assert_eq!(found, expected, "{text}");
}

#[test]
fn vertical_text_is_read_from_the_right_and_tier_by_tier() {
    let mut page = Setter::new();
    for (tier, texts) in
        [["一行在右边", "二行在其左"], ["下栏的一行", "下栏的二行"]].iter().enumerate()
    {
        for (column, text) in texts.iter().enumerate() {
            let x = 600.0 - 15.0 * column as f32;
            page.down(text, (x, 100.0 + 80.0 * tier as f32), 10.0);
        }
    }
    let places = PageWriter::default().write("a.pdf", vec![page.page()]);
    let lines: Vec<&str> = places.text.lines().filter(|line| !line.is_empty()).collect();
    assert_eq!(lines, ["一行在右边", "二行在其左", "下栏的一行", "下栏的二行"]);
    assert!(places.lines[0].place.is_some_and(|place| place.is_vertical));
}

#[test]
fn characters_off_the_axis_of_a_vertical_line_are_no_part_of_it() {
    let mut page = Setter::new();
    for (at, c) in "上栏末行下栏首行".chars().enumerate() {
        let (aside, below) = if at < 4 { (0.0, 0.0) } else { (2.0, 2.0) };
        let place = (500.0 + aside, 100.0 + 10.2 * at as f32 + below);
        page.line(&c.to_string(), place, 10.0);
    }
    assert_eq!(page.text(), "上栏末行\n\n下栏首行\n\n");
}

#[test]
fn a_mark_that_hangs_into_the_gutter_does_not_close_it() {
    let mut page = Setter::new();
    page.line("全页的大标题在此", (50.0, 60.0), 20.0);
    for (row, text) in ["东乡修渠通水", "西乡修路通车，", "南乡种树"].iter().enumerate()
    {
        page.line(text, (50.0, 100.0 + 15.0 * row as f32), 10.0);
        page.line("邻栏的字", (116.0, 107.0 + 15.0 * row as f32), 10.0);
    }
    let text = page.text();
    assert!(text.find("南乡种树") < text.find("邻栏的字"), "{text}");
}

#[test]
fn what_stands_below_a_rule_or_in_a_frame_is_marked() {
    let mut page = Setter::new();
    page.column("上文末段共有两行字", (50.0, 100.0), 6)
        .rule((50.0, 140.0), (120.0, 141.0))
        .column("线下新起的一篇文字", (50.0, 152.0), 6)
        // A headline that is underlined heads what follows.
        .line("划线的标题", (50.0, 200.0), 10.0)
        .rule((50.0, 211.0), (110.0, 212.0))
        .column("标题之下的正文", (50.0, 220.0), 6);
    let written = PageWriter::default().write("a.pdf", vec![page.page()]);
    let marked: Vec<&str> = written
        .lines
        .iter()
        .filter(|line| line.place.is_some_and(|place| place.above == Some(PrintedAbove::Rule)))
        .map(|line| &written.text[line.span.clone()])
        .collect();
    assert_eq!(marked, ["线下新起的一"]);
}

#[test]
fn a_headline_beside_the_one_of_another_tier_reaches_over_its_own_only() {
    let mut page = Setter::new();
    page.down("报头", (660.0, 140.0), 30.0);
    let texts = ["上栏一篇的正文", "下栏一篇的正文"];
    for (tier, (places, text)) in [[580.0, 490.0], [590.0, 520.0]].iter().zip(texts).enumerate() {
        let top = 100.0 + 90.0 * tier as f32;
        for place in places {
            page.down("大标题", (*place, top), 20.0);
            page.down(text, (place - 30.0, top), 10.0).down(text, (place - 45.0, top), 10.0);
        }
    }
    let text = page.text();
    let lower = text.find("下栏").expect("the lower tier");
    assert!(text.rfind("上栏").is_some_and(|upper| upper < lower), "{text}");
}

#[test]
fn characters_set_one_below_the_other_are_a_vertical_headline() {
    let mut page = Setter::new();
    for (index, c) in ["渡", "口", "开", "渡"].iter().enumerate() {
        page.line(c, (500.0, 100.0 + 31.0 * index as f32), 30.0);
    }
    // The second line of the headline stands to its left, further away than its characters do.
    for (index, c) in ["木", "船", "归", "港"].iter().enumerate() {
        page.line(c, (462.0, 100.0 + 31.0 * index as f32), 30.0);
    }
    assert_eq!(page.text(), "渡口开渡\n木船归港\n\n");
}

#[test]
fn blanks_are_read_off_gaps_and_double_strikes_once() {
    let mut page = Setter::new();
    page.line("通知", (50.0, 100.0), 20.0)
        .line("通知", (50.5, 100.0), 20.0)
        .line("GDP", (50.0, 150.0), 10.0)
        .line("2023", (69.0, 150.0), 10.0)
        .line("年初", (90.0, 150.0), 10.0);
    assert_eq!(page.text(), "通知\n\nGDP 2023年初\n\n");
}

#[test]
fn narrow_letters_that_stand_twice_are_no_double_strikes() {
    for text in ["allcommitteeswillstillcall", "http://www.hall.gov.cn", "office...", "谢谢1100"]
    {
        for width in [0.22, 0.28, 0.38] {
            for is_one_run in [true, false] {
                let mut page = Setter::new();
                page.narrow(text, (50.3, 100.7), width, is_one_run);
                assert_eq!(page.text(), format!("{text}\n\n"), "{width}");
            }
        }
    }
    // One character in sizes that are cells of one number.
    let mut page = Setter::new();
    page.line("的", (95.0, 95.0), 10.0).line("的", (190.0, 190.0), 20.0);
    assert_eq!(page.text(), "的\n\n的\n\n");
}

#[test]
fn words_that_have_a_hyphen_of_their_own_are_not_put_together() {
    let mut page = Setter::new();
    page.line("state-", (50.0, 100.0), 10.0).line("of-the-art", (50.0, 115.0), 10.0);
    assert_eq!(page.text(), "state-\nof-the-art\n\n");
}

#[test]
fn lines_at_the_edge_that_are_staggered_are_read() {
    let mut random = fastrand::Rng::with_seed(5);
    for _ in 0..100 {
        let mut page = Setter::new();
        let heads: Vec<char> = ('一'..).take(30).collect();
        for (at, c) in (0_u8..).zip(&heads) {
            let y = 2.0 + 70.0 * random.f32();
            page.line(&c.to_string(), (20.0 * f32::from(at), y), 10.0);
        }
        page.column("正文各页不同而且有好几行字", (50.0, 150.0), 5);
        let text = page.text();
        assert!(heads.iter().all(|c| text.contains(*c)), "{text}");
    }
}

#[test]
fn thousands_of_pieces_over_each_other_are_read_in_bounded_time() {
    let mut page = Setter::new();
    let chars: Vec<char> = ('\u{4e00}'..).take(6_000).collect();
    for (at, c) in chars.iter().enumerate() {
        page.line(&c.to_string(), (50.0, if at % 2 == 0 { 100.0 } else { 112.0 }), 10.0);
    }
    assert_eq!(page.text().chars().filter(|c| !c.is_whitespace()).count(), chars.len());
}

#[test]
fn paragraphs_keep_their_indents_and_divided_words_are_put_together() {
    let mut page = Setter::new();
    page.line("水库今春蓄水", (50.0, 100.0), 10.0)
        .line("下游两县受益", (70.0, 115.0), 10.0)
        .line("the irri-", (50.0, 130.0), 10.0)
        .line("gation plan", (50.0, 145.0), 10.0);
    assert_eq!(page.text(), "水库今春蓄水\n\u{3000}\u{3000}下游两县受益\nthe irrigation\nplan\n\n");
}

#[test]
fn what_stands_at_the_edge_of_several_pages_is_running() {
    let pages: Vec<PrintedPage> = (1..=4)
        .map(|number| {
            let mut page = Setter::new();
            page.line("某县公报", (300.0, 40.0), 8.0)
                .column("正文各页不同而且有好几行字", (50.0, 150.0), 5)
                .column("右栏的字也在其后接着念下去", (120.0, 150.0), 5)
                .line(&format!("— {number} —"), (60.0, 960.0), 8.0);
            printed_page(number, sheet(), page.glyphs.clone(), &[])
        })
        .collect();
    let text = PageWriter::default().write("a.pdf", pages);
    let running: Vec<&str> = text
        .lines
        .iter()
        .filter(|line| line.place.is_some_and(|place| place.is_running))
        .map(|line| &text.text[line.span.clone()])
        .collect();
    assert_eq!(running.len(), 8, "{}", text.text);
    assert_eq!(running[..3], ["某县公报", "— 1 —", "某县公报"]);
    // The number at the foot of the left column is not read before the right one.
    let first = text.text.lines().take_while(|line| *line != "— 1 —").count();
    assert!(first > 7, "{}", text.text);
    assert_eq!(text.lines[0].place.map(|place| (place.page, place.column)), Some((1, 1)));
}

#[test]
fn pages_of_any_numbers_are_read() {
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..40 {
        let mut page = Setter::new();
        for at in 0..200 {
            let (x, y) = (random.f32() * 690.0, random.f32() * 990.0);
            let size = 0.5 + random.f32() * 40.0;
            // Each line has characters of its own: a double strike is one character in two lines.
            let [wide, narrow] =
                [0x4e00, 0x1e00].map(|from| char::from_u32(from + at).unwrap_or('a'));
            if random.bool() {
                let text = [wide, narrow, narrow, wide].iter().collect::<String>();
                page.line(&text, (x.min(600.0), y), size.min(20.0));
            } else {
                page.down(&[wide, wide].iter().collect::<String>(), (x, y.min(900.0)), size);
            }
        }
        let letters = |text: &str| {
            let mut letters: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
            letters.sort_unstable();
            letters
        };
        let set: String = page.glyphs.iter().map(|glyph| glyph.text.as_str()).collect();
        assert_eq!(letters(&page.text()), letters(&set));
    }
}

#[test]
fn ruled_tables_are_read_row_by_row_and_frames_are_none() {
    let mut page = Setter::new();
    page.line("各乡镇灌溉面积", (100.0, 80.0), 10.0);
    for level in 0..4 {
        let y = 100.0 + 20.0 * level as f32;
        page.rule((50.0, y), (250.0, y));
    }
    for x in [50.0, 150.0, 250.0] {
        // In two pieces, as programs draw cells.
        page.rule((x, 100.0), (x, 130.0)).rule((x, 130.0), (x, 160.0));
    }
    page.line("乡镇", (55.0, 105.0), 10.0)
        .line("面积（亩）", (155.0, 105.0), 10.0)
        .line("东乡", (55.0, 125.0), 10.0)
        .line("12000", (155.0, 125.0), 10.0)
        .line("西乡和老水井村", (55.0, 145.0), 10.0)
        .line("单位：亩", (50.0, 170.0), 10.0);
    let table = "| 乡镇 | 面积（亩） |\n| 东乡 | 12000 |\n| 西乡和老水井村 |  |\n";
    assert_eq!(page.text(), format!("各乡镇灌溉面积\n\n{table}\n单位：亩\n\n"));

    let mut framed = Setter::new();
    framed.column("框里的短讯说木船昨天过秤", (60.0, 110.0), 6);
    framed.rule((50.0, 100.0), (150.0, 100.0)).rule((50.0, 200.0), (150.0, 200.0));
    framed.rule((50.0, 100.0), (50.0, 200.0)).rule((150.0, 100.0), (150.0, 200.0));
    assert_eq!(framed.text(), "框里的短讯说\n木船昨天过秤\n\n");
}

#[test]
fn a_rule_between_columns_divides_lines_that_stand_close() {
    let mut page = Setter::new();
    page.line("左栏的字", (50.0, 100.0), 10.0)
        .line("右栏的字", (94.0, 100.0), 10.0)
        .rule((92.0, 90.0), (92.0, 300.0));
    assert_eq!(page.text(), "左栏的字\n\n右栏的字\n\n");
}
