use std::io;

use live_rewards::{Error, ErrorKind};
use live_rewards_ledger::Language;

use crate::language::{language, say};

/// What a vendor's call failed with, in a line.
pub(crate) fn vendor_error(error: &Error) -> String {
    match language() {
        Language::Chinese => chinese(error),
        _ => error.to_string(),
    }
}

/// The sentence of the kind, then what the vendor said.
fn chinese(error: &Error) -> String {
    let about = match (error.vendor(), error.endpoint()) {
        (Some(vendor), Some(endpoint)) => format!("{vendor} {endpoint}："),
        (Some(vendor), None) => format!("{vendor}："),
        (None, Some(endpoint)) => format!("{endpoint}："),
        (None, None) => String::new(),
    };
    let kind = match error.kind() {
        ErrorKind::InvalidInput => "请求有误",
        ErrorKind::Config => "配置有误",
        ErrorKind::Unsupported => "平台的公开接口没有这项功能",
        ErrorKind::Unauthenticated => "平台不接受密钥或签名",
        ErrorKind::PermissionDenied => "平台不允许",
        ErrorKind::NotFound => "平台上找不到",
        ErrorKind::RateLimited => "调用过于频繁",
        ErrorKind::Blocked => "本机地址被平台暂时封禁",
        ErrorKind::ClockSkew => "本机时钟与平台相差过大",
        ErrorKind::Timeout => "平台没有及时应答",
        ErrorKind::Transport => "连接失败",
        ErrorKind::Decode => "平台的应答无法解读",
        ErrorKind::RejectedRow => "有一行无法解读",
        ErrorKind::Vendor => "平台报错",
        kind => kind.as_str(),
    };
    // A vendor's message may hold line breaks; this is one line.
    let message = match missing(error) {
        Some(names) => format!("请设置环境变量 {}", names.replace(", ", "、")),
        None => error.message().replace(['\r', '\n'], " "),
    };
    let details: Vec<_> = [
        error.code().map(|code| format!("代码 {code}")),
        error.http_status().map(|status| format!("HTTP {status}")),
        error.request_id().map(|id| format!("请求 {id}")),
        error.retry_after().map(|wait| format!("{} 秒后可重试", wait.as_secs())),
        (error.attempts() > 1).then(|| format!("共试 {} 次", error.attempts())),
    ]
    .into_iter()
    .flatten()
    .collect();
    let details =
        if details.is_empty() { String::new() } else { format!("（{}）", details.join("，")) };
    format!("{about}{kind}：{message}{details}")
}

/// The variables that the environment lacks.
fn missing(error: &Error) -> Option<&str> {
    let named = error.message().strip_prefix("set ")?.strip_suffix(" in the environment")?;
    (error.kind() == ErrorKind::Config).then_some(named)
}

/// What to do about it, behind the error.
pub(super) fn advice(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Unauthenticated => {
            say!("; check the key and the secret", "；请核对 key 和 secret")
        }
        ErrorKind::PermissionDenied => say!(
            "; ask the vendor for the permission, or for this address to be listed",
            "；请向平台申请权限，或把本机地址加入白名单"
        ),
        ErrorKind::NotFound => {
            say!("; check the room id and the base URL", "；请核对直播间 id 和 base URL")
        }
        ErrorKind::Decode => say!(
            "; check the base URL; if it is right, the vendor's answers have changed",
            "；请核对 base URL；如果无误，就是平台的应答变了"
        ),
        ErrorKind::ClockSkew => say!("; set this machine's clock", "；请校准本机时钟"),
        ErrorKind::Transport | ErrorKind::Timeout => {
            say!("; check the network and the base URL", "；请检查网络和 base URL")
        }
        ErrorKind::RateLimited | ErrorKind::Blocked | ErrorKind::Vendor => {
            say!("; try again later", "；请稍后再试")
        }
        _ => String::new(),
    }
}

/// Why the system refuses something.
pub(crate) fn reason(error: &io::Error) -> String {
    let words = match error.kind() {
        _ if language() != Language::Chinese => return error.to_string(),
        io::ErrorKind::NotFound => "没有这个文件或目录",
        io::ErrorKind::PermissionDenied => "没有权限",
        io::ErrorKind::AlreadyExists => "已经存在",
        io::ErrorKind::NotADirectory => "路径中有一段不是目录",
        io::ErrorKind::IsADirectory => "是一个目录",
        io::ErrorKind::ReadOnlyFilesystem => "文件系统只读",
        io::ErrorKind::InvalidFilename => "文件名无效",
        io::ErrorKind::StorageFull => "磁盘已满",
        io::ErrorKind::QuotaExceeded => "超出磁盘配额",
        io::ErrorKind::InvalidData => "内容不是 UTF-8 文本",
        _ => return error.to_string(),
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use live_rewards::Vendor;

    use super::*;

    #[test]
    fn a_vendors_error_keeps_what_the_vendor_said_in_chinese() {
        let error = Error::new(ErrorKind::RateLimited, "too\nmany")
            .with_vendor(Vendor::Xiaoe)
            .with_endpoint("red_packet_list")
            .with_code(Some("2054".to_owned()))
            .with_http_status(200)
            .with_request_id(Some("d310b70b".to_owned()))
            .with_retry_after(Some(Duration::from_secs(10)))
            .with_attempts(2);
        insta::assert_snapshot!(chinese(&error), @"xiaoe red_packet_list：调用过于频繁：too many（代码 2054，HTTP 200，请求 d310b70b，10 秒后可重试，共试 2 次）");
        insta::assert_snapshot!(chinese(&Error::new(ErrorKind::Config, "no secret")), @"配置有误：no secret");
        let error = Error::new(ErrorKind::Config, "set A, B in the environment");
        insta::assert_snapshot!(chinese(&error), @"配置有误：请设置环境变量 A、B");
    }
}
