//! Surnames of one character, by which names of persons are told from other words.

/// Surnames of one character, sorted by code point: the Hundred Family Surnames (百家姓, 11th
/// century) and those of modern lists, with traditional forms where they differ.
const SURNAMES: &str = "丁万丛东严丰么乌乐乔乜习于云亓井仇从付仝代令仰仲仵任伊伍伏伯何佘余佟佴侯保俞倪傅储儲元充党全公兰关养冀冉冒农冯冶冷冼凌凤\
刁刘初別利别劉劳勇勞勾包匡区华卓单南卜卞占卢卫印危厉厍原厲双古史叶司吉后向吕吳吴呂周呼和咸唐商喬單喻嚴国堵夏夔奚姚姜姬娄\
婁孔孙孟季孫宁安宋宓宗官宣宦宫宰家容宿寇富寧寿封尉尚尤尹居屈展屠山岑岩岳崔嵇巢左巩巫巴帅师席常干平幸广庄应底庞康庾廉廖弓\
弘张張强彭徐從忻怀惠慎慕懷戈戎成戚戴户房扈才扶揭支敖敬文方於施时旷昌明易昝晁時晋晏普景智暨暴曲曹曾木朱朴权李杜束杨杭松林\
柏查柯柳柴栗栾桂桑桓梁梅植楊楚楼榮樊欧歐步武殳段殷毋母毕毛水江池汤汪汲沃沈沐沙洪浦海涂温游湛湯湾溫滑滕满滿潘濮火烏焦熊燕\
牛牟牧狄王班璩甄甘田申畅畢白皮益盖盛盧相眭瞿矫石祁祖祝禄禹秋种秦程税穆空窦竇章童竺符简管範簡籍米粟糜紀索红纪练终经缪罗羅\
羊羿翁習翟耿聂聞聶肇肖胡胥能臧舒艾芦芮花苍苏苑苗苟范茅茹荀荆荣莊莘莫華萧萬葉葛董蒋蒙蒯蒲蒼蓝蓟蓬蔚蔡蔣蔺蕭薄薛藍蘇蘭虞虢\
融衛衡衣袁裘裴褚要覃角解言許訾詹諸謝计许诸谈谌谢谭谷豆貢費賀賈賴贝贡贲费贺贾赖赵越趙路車车辛農边连迟迪逄通逢連逯邓邝邢那\
邬邰邱邴邵邸邹郁郄郎郏郑郗郜郝郦郭都鄂鄒鄔鄢鄧鄭酆金錢鍾鐘钟钭钮钱银閔閻關门闪闫闵闻阎阙阚阮阳阴陆陈陰陳陶陸隆隋隗雍雒雪\
雲雷霍青靳鞏鞠韋韓韦韩韶項顏顧项须顾颜饒饶馬馮駱马骆高魏魯鮑鱼鲁鲍鲜鳳鹿麦麻黃黄黎黨齊齐龍龐龔龙龚";

/// Whether a character is a surname. Many are everyday words too (高, 和, 文), so a surname alone
/// does not make a name.
#[must_use]
pub fn is_surname(c: char) -> bool {
    // The range check saves the search for most characters of other scripts.
    ('\u{4e00}'..='\u{9fff}').contains(&c) && sorted().binary_search(&c).is_ok()
}

/// The surnames as a sorted slice, made once.
fn sorted() -> &'static [char] {
    static SORTED: std::sync::OnceLock<Vec<char>> = std::sync::OnceLock::new();
    SORTED.get_or_init(|| SURNAMES.chars().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_stand_in_order_and_once() {
        assert!(sorted().is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn common_and_rare_surnames_in_both_scripts_are_known() {
        for c in "王李张劉陳欧羿邝逯".chars() {
            assert!(is_surname(c), "{c}");
        }
        for c in "的了是a１，吗".chars() {
            assert!(!is_surname(c), "{c}");
        }
    }
}
