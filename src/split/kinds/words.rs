//! Words that notices and advertisements are written in, by group, folded as the text is: simplified
//! characters stand for traditional ones too.

use std::sync::LazyLock;

use daachorse::{CharwiseDoubleArrayAhoCorasick, CharwiseDoubleArrayAhoCorasickBuilder, MatchKind};

use crate::text;

/// What words of a notice speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WordGroup {
    Announcement,
    Price,
    Address,
    Trade,
    Medicine,
    Show,
    Thanks,
    /// What a paper asks of its readers: manuscripts, subscriptions.
    Solicitation,
    /// Weather, programmes, draws of lotteries.
    Bulletin,
    /// Words to the reader.
    Reader,
    /// What advertisers call themselves: 本院, 鄙人.
    Speaker,
}

/// How many groups there are.
pub(super) const GROUPS: usize = 11;

/// The words of each group, in the order of [`WordGroup`].
const WORDS: [&str; GROUPS] = [
    "启事 声明 公告 通告 公示 告示 布告 更正 遗失 作废 特此 登报 招标 投标 竞标 竞价 中标 拍卖 律师 \
     法律顾问 谨启 敬启 启者 同启 谨告 敬告 紧要 兹因 兹有 兹为 兹将 迁址 迁移 停水 停电 停业 无效 为荷 \
     认领 寻人 寻物 失物 拾得 挂失 债权 清算 注销 减资 概不负责 登记 报失 补报 另行 通知",
    "减价 廉价 特价 定价 价目 售价 实价 优惠 批发 零售 门售 赠送 奉送 赠品 赠券 免费 大洋 小洋 法币 对折 \
     酬宾 酬谢 平价 从廉 克己 公道 低廉 包退 半价 折扣 加倍 润格 润例 润资 一角 二角 三角 四角 五角 六角 \
     七角 八角 九角 一元 二元 三元 四元 五元 六元 七元 八元 九元 十元 每尺 每只 每瓶 每盒 每张 每件 每份 \
     每斤 每册 每本 每字 每首 每月 每磅 每期 几折 一折 二折 三折 四折 五折 六折 七折 八折 九折 起售 促销 \
     甩卖 牺牲 出清",
    "地址 住址 电话 路口 隔壁 对面 转角 弄口 弄内 里内 西首 东首 南首 北首 邮编 热线 传真 网址 邮箱 电邮 信箱 \
     联系人 总店 支店 分店 分行 总行 分公司 门市 事务所 营业部 营业时间 号楼 楼上 大厦 通讯处 接洽 面洽 \
     函索 函投 咨询 垂询",
    "招聘 诚聘 聘请 招生 招商 招租 出租 出售 出让 召盘 召租 转让 征求 征聘 求租 求购 求职 收购 代办 承接 承办 \
     承包 定制 定做 修理 出品 国货 名厂 老牌 商标 认明 新到 到货 新货 花色 齐备 俱全 专营 专售 专办 经理 \
     独家 代理 经售 代售 发售 发行所 总发行 均有售 有售 发行 开幕 开张 开业 纪念 服务 精制 特制 监制 创制 \
     品质 优良 名贵 应有尽有 货真 欢迎参观 样品 订购 选购 待遇 面议 备有 设备 专家 各种 一律 大批",
    "专治 主治 根治 断根 治疗 包医 包治 诊所 医师 医生 药房 国药 门诊 出诊 应诊 补血 补肾 遗精 花柳 白浊 梅毒 \
     痔疮 咳嗽 胃病 服用 内服 外用 疗效 功效 灵药 良药 圣药 新药 特效 补品 补药 牙科 镶牙 补牙 拔牙 眼科 \
     妇科 按摩 药膏 丸 膏 散 症 头痛 止痛 强身 滋补 患者",
    "开演 日戏 夜戏 日夜 今晚 今夜 明晚 上映 放映 开映 主演 领衔 登台 登场 戏院 影院 舞台 舞厅 剧场 剧院 \
     票价 门票 客满 头轮 巨片 全本 头本 二本 三本 四本 连演 准演 茶舞 乐队 通宵 魔术 游艺 订座 起赛 \
     时起 时止 空前 轰动",
    "鸣谢 谨谢 致谢 申谢 谢启 哀启 讣告 讣闻 恕讣 治丧 追悼 家属 泣启 承蒙 厚赐 亲友 结婚 订婚 同鉴 公鉴",
    "来稿 投稿 征稿 征文 征集 征订 订阅 来信 请寄 未用 恕不 退还 退稿 稿酬 稿费 截稿 赐稿 线索 本栏 本版 \
     本刊 采用 注明 报名 参与 自留底稿 字以内 样报 栏目",
    "天气 今天夜间 多云 转阴 阴转 晴转 小雨 气温 温度 偏南风 偏北风 东南风 西南风 东北风 西北风 风力 \
     频道 开奖 奖池 号码 中奖 期号 节目 时刻表 班次 直播 看点",
    "请 欢迎 敬请 务请 幸勿 切勿 诸君 诸位 各界 惠临 惠顾 光顾 光临 驾临 赐顾 注意 即日起 今日起 日起 为限 \
     止 恕 踊跃 良机 请勿 早临 尊 贵客 顾客 用户 旅客",
    "本院 本店 本楼 本号 本庄 本公司 本厂 本行 本校 本社 本所 本室 鄙人 敝 本馆 本处 本台 本报 启",
];

struct Finder {
    words: Option<CharwiseDoubleArrayAhoCorasick<u32>>,
    groups: Vec<WordGroup>,
}

static FINDER: LazyLock<Finder> = LazyLock::new(|| {
    const ALL: [WordGroup; GROUPS] = [
        WordGroup::Announcement,
        WordGroup::Price,
        WordGroup::Address,
        WordGroup::Trade,
        WordGroup::Medicine,
        WordGroup::Show,
        WordGroup::Thanks,
        WordGroup::Solicitation,
        WordGroup::Bulletin,
        WordGroup::Reader,
        WordGroup::Speaker,
    ];
    let words = WORDS.iter().zip(ALL).flat_map(|(words, group)| {
        words.split_whitespace().map(move |word| (text::fold(word).text, group))
    });
    let (words, groups): (Vec<String>, Vec<WordGroup>) = words.unzip();
    let words = CharwiseDoubleArrayAhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words)
        .ok();
    Finder { words, groups }
});

/// The words of notices in a folded text, from left to right: their groups and byte offsets.
pub(super) fn find(folded: &str) -> impl Iterator<Item = (WordGroup, std::ops::Range<usize>)> + '_ {
    let finder = &*FINDER;
    let found = finder.words.iter().flat_map(move |words| words.leftmost_find_iter(folded));
    found.map(|found| (finder.groups[found.value() as usize], found.start()..found.end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_in_both_scripts() {
        let found = |text: &str| -> Vec<WordGroup> {
            find(&text::fold(text).text).map(|(group, _)| group).collect()
        };
        assert_eq!(found("遺失聲明"), [WordGroup::Announcement, WordGroup::Announcement]);
        assert_eq!(
            found("電話八〇三，歡迎光顧"),
            [WordGroup::Address, WordGroup::Reader, WordGroup::Reader]
        );
        assert!(found("船厂昨天把最后一条木帆船送进展览馆").is_empty());
    }
}
