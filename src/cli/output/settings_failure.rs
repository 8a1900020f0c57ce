//! Why the settings of a cluster cannot be used, in Chinese.

use crate::opensearch::SettingsError;
use crate::present::{Lang, errors};

/// The sentence of an error.
pub(crate) fn settings_error(error: &SettingsError) -> String {
    match error {
        SettingsError::Unreadable { path, source } => {
            let why = errors::io_error(Lang::Zh, source);
            format!("{}：{why}；请检查名称和权限", path.display())
        }
        SettingsError::Invalid { path, reason } => format!(
            "{}：格式有误（{reason}）；请写一个 [engine] 表，可用 urls、index、user、password、ca、shards",
            path.display()
        ),
        SettingsError::NoCluster => {
            "库不在集群上；请用 --engine opensearch 或 DIBAO_ENGINE=opensearch 指定".to_owned()
        }
        SettingsError::NoUrl => "没有集群的地址；请设置 DIBAO_ENGINE_URL（多个地址用逗号分隔），\
             或在 --settings 指定的文件的 [engine] 下写 urls = [\"https://…\"]"
            .to_owned(),
        SettingsError::Url { url } => {
            format!("“{url}”不是集群的地址；请写成 http://主机:9200 或 https://主机:9200")
        }
        SettingsError::Index { name } => format!(
            "“{name}”不能作库名；请用小写字母、数字、- 和 _，以字母开头，不超过 100 个字符"
        ),
        SettingsError::Credentials => {
            "凭据包括用户名和密码；请同时设置 DIBAO_ENGINE_USER 和 DIBAO_ENGINE_PASSWORD，或都写在 [engine] 下"
                .to_owned()
        }
        SettingsError::Unencrypted { url } => {
            format!("“{url}”：密码不经加密不会发送；请用 https，或本机的地址")
        }
        SettingsError::NoCertificate { path } => {
            format!("{}：其中没有证书；请指定 PEM 格式的文件", path.display())
        }
    }
}
