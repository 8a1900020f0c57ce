//! Random choices, and random names, places and numerals.

use fastrand::Rng;

const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡\
                        余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙\
                        史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
const GIVEN_NAMES: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰文斌建国志红梅海燕春晓东辉鹏飞\
                           云峰宁波雪松林清泉思远立新庆荣德昌永康世民家瑞";
const PLACE_CHARS: &str = "东西南北中山海河江湖林泉石桥水城新安平宁和兴永长大小上下青白金玉龙凤云";
const PLACE_ENDINGS: &str = "州阳县城门口镇浦港岭坪塘湾源溪沟关川原";
const FOREIGN_CHARS: &str = "阿巴卡达尔法格哈伊杰科拉马尼奥帕萨塔瓦亚斯堡罗德里基维特林西莫";
const CHINESE_DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/// Draws one of the values.
pub(super) fn pick<T: Copy>(rng: &mut Rng, values: &[T]) -> T {
    values[rng.usize(..values.len())]
}

/// The forms that a paper has for one thing, the usual one first.
#[derive(Debug, Clone)]
pub(super) struct Repertoire<T>(Vec<T>);

impl<T: Copy> Repertoire<T> {
    /// Draws up to `most` of the forms, and at least one.
    pub fn random(rng: &mut Rng, forms: &[T], most: usize) -> Self {
        let mut forms = forms.to_vec();
        rng.shuffle(&mut forms);
        forms.truncate(rng.usize(1..=most));
        Self(forms)
    }

    /// Draws a form; each is half as frequent as the one before it.
    pub fn draw(&self, rng: &mut Rng) -> T {
        let mut place = 0;
        while place + 1 < self.0.len() && rng.bool() {
            place += 1;
        }
        self.0[place]
    }
}

/// Draws `true` with this probability.
pub(super) fn chance(rng: &mut Rng, probability: f32) -> bool {
    rng.f32() < probability
}

/// Draws how often a paper does something that only some papers do: with probability `habit` a
/// share below `most`, otherwise 0.
pub(super) fn share(rng: &mut Rng, habit: f32, most: f32) -> f32 {
    if chance(rng, habit) { rng.f32() * most } else { 0.0 }
}

/// Between the characters of a name of two, which some papers set as wide as one of three. The sheet
/// writes a blank or nothing for it.
pub(super) const NAME_GAP: char = '\u{e000}';

/// A personal name of two or three characters.
pub(super) fn person(rng: &mut Rng) -> String {
    let mut name = String::from(pick_char(rng, SURNAMES));
    if chance(rng, 0.6) {
        name.push(pick_char(rng, GIVEN_NAMES));
    } else {
        name.push(NAME_GAP);
    }
    name.push(pick_char(rng, GIVEN_NAMES));
    name
}

/// A place name as those abroad are written.
pub(super) fn foreign_place(rng: &mut Rng) -> String {
    let count = rng.usize(2..=5);
    (0..count).map(|_| pick_char(rng, FOREIGN_CHARS)).collect()
}

/// A place name of two or three characters, often followed by 市, 县 and the like.
pub(super) fn place(rng: &mut Rng) -> String {
    let count = rng.usize(2..=3);
    let mut name = hanzi(rng, count);
    if rng.bool() {
        name.push_str(pick(rng, &["市", "县", "区", "省", "镇"]));
    }
    name
}

/// Draws `count` characters of place names.
pub(super) fn hanzi(rng: &mut Rng, count: usize) -> String {
    let draw = |_| {
        let set = if rng.bool() { PLACE_CHARS } else { PLACE_ENDINGS };
        pick_char(rng, set)
    };
    (0..count).map(draw).collect()
}

/// A number of `count` digits.
pub(super) fn digits(rng: &mut Rng, count: usize) -> String {
    let draw =
        |place| char::from(if place == 0 { rng.u8(b'1'..=b'9') } else { rng.u8(b'0'..=b'9') });
    (0..count).map(draw).collect()
}

/// A month and a day of the month up to 28.
pub(super) fn month_and_day(rng: &mut Rng) -> (u32, u32) {
    (rng.u32(1..=12), rng.u32(1..=28))
}

/// A number below 1,000 in Chinese.
pub(super) fn chinese_number(number: u32) -> String {
    let digit = |number: u32| CHINESE_DIGITS[number as usize % 10];
    let ones = |number: u32| (!number.is_multiple_of(10)).then(|| digit(number));
    let (hundreds, rest) = (number / 100, number % 100);
    let mut written = String::new();
    if hundreds > 0 {
        written.extend([digit(hundreds), '百']);
        if (1..10).contains(&rest) {
            written.push('零');
        }
    }
    match rest {
        0 if hundreds > 0 => {}
        0..10 => written.push(digit(rest)),
        10..20 => written.push('十'),
        _ => written.extend([digit(rest / 10), '十']),
    }
    if rest >= 10 {
        written.extend(ones(rest));
    }
    written
}

/// A number digit by digit in Chinese.
pub(super) fn chinese_digits(number: u32) -> String {
    let chinese = |c: char| c.to_digit(10).map(|digit| CHINESE_DIGITS[digit as usize]);
    number.to_string().chars().filter_map(chinese).collect()
}

/// Replaces digits by full-width ones.
pub(super) fn full_width(text: &str) -> String {
    let wide = |c: char| if c.is_ascii_digit() { u32::from(c) + 0xFEE0 } else { u32::from(c) };
    text.chars().filter_map(|c| char::from_u32(wide(c))).collect()
}

/// The first characters of a text, at most `count`.
pub(super) fn first_chars(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}

/// The parts between marks that have an accepted number of characters.
pub(super) fn parts<'a>(
    text: &'a str,
    marks: &'a [char],
    chars: std::ops::RangeInclusive<usize>,
) -> impl Iterator<Item = &'a str> {
    text.split(marks).map(str::trim).filter(move |part| chars.contains(&part.chars().count()))
}

fn pick_char(rng: &mut Rng, chars: &str) -> char {
    let chars: Vec<char> = chars.chars().collect();
    pick(rng, &chars)
}
