//! What is wrong with a cluster, in words.

use crate::index::{ClusterFinding, DiskStage};
use crate::present::{Lang, errors};

/// What is wrong, and what to do.
#[must_use]
pub fn cluster_finding(lang: Lang, finding: &ClusterFinding) -> String {
    match lang {
        Lang::En => finding.to_string(),
        Lang::Zh => chinese(finding),
    }
}

fn chinese(finding: &ClusterFinding) -> String {
    match finding {
        ClusterFinding::Address { url, problem } => {
            format!("{url}：{}", errors::cluster_problem(problem))
        }
        ClusterFinding::NoArchive => "没有这个名称的库；请用 `dibao ingest` 建立".to_owned(),
        ClusterFinding::OtherRules => {
            "这个库是按另一版本的规则建立的；请用 `dibao ingest --rebuild` 重建".to_owned()
        }
        ClusterFinding::Red { missing } => {
            format!("红色：{missing} 个分片没有任何副本可用，检索会失败；请启动这些分片所在的节点")
        }
        ClusterFinding::Yellow { missing } => {
            format!("黄色：缺少 {missing} 个分片副本；请启动停止的节点，或稍等片刻")
        }
        ClusterFinding::ReadOnly { block } => {
            format!("索引只能读取（{block}）；请先为各节点腾出磁盘空间，再解除该设置")
        }
        ClusterFinding::Disk { node, free, stage } => {
            let free = *free as f64 / 1e9;
            let what = match stage {
                DiskStage::Low => "不再接收分片",
                DiskStage::High => "分片正被移走",
                DiskStage::Flood => "其上的索引只能读取",
            };
            format!("{node}：磁盘剩余 {free:.1} GB，{what}；请腾出空间或增加节点")
        }
        ClusterFinding::Clock { node, ahead } => {
            let (seconds, how) = (ahead.unsigned_abs(), if *ahead < 0 { "慢" } else { "快" });
            format!("{node}：时钟{how} {seconds} 秒，两个写入者可能误判对方；请校准时钟（NTP）")
        }
        ClusterFinding::Versions { versions } => {
            format!("各节点版本不一（{}）；请完成升级", versions.join("、"))
        }
        ClusterFinding::Mapping { fields } => format!(
            "索引的字段与本版本所建的不同（{}），检索结果可能有误；请用 `dibao ingest --rebuild` 重建",
            fields.join("、")
        ),
        ClusterFinding::NotSeen => {
            "该账号无权查询集群状态（cluster:monitor），因此磁盘、时钟、版本和副本没有检查，或没有全部检查".to_owned()
        }
    }
}
