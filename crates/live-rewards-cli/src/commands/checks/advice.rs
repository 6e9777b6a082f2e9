use live_rewards::{Error, ErrorKind, Vendor};

use crate::language::say;

/// What to do about a refusal, as exactly as the vendor's code tells. A permission is named where the call's is known.
pub(super) fn advice(vendor: Vendor, permission: Option<&str>, error: &Error) -> Option<String> {
    let of_vendor = match vendor {
        Vendor::Xiaoe => of_xiaoe(permission, error.code()),
        Vendor::Polyv => of_polyv(error),
        _ => of_yxt(error.code()),
    };
    of_vendor.or_else(|| of_kind(error.kind()))
}

/// Whether Xiaoe doesn't give tokens to this machine's address.
pub(super) fn is_off_the_ip_list(vendor: Vendor, error: &Error) -> bool {
    vendor == Vendor::Xiaoe && error.code() == Some("2051")
}

fn of_xiaoe(permission: Option<&str>, code: Option<&str>) -> Option<String> {
    Some(match code? {
        "2001" | "2002" => say!("check app_id: the shop's, app…", "请检查 app_id（店铺的，app…）"),
        "2003" | "2004" => say!(
            "check the secret, and that it belongs to app_id and client_id",
            "请检查密钥，以及它与 app_id、client_id 是否配套"
        ),
        "2020" => {
            say!("check client_id: the application's, xop…", "请检查 client_id（应用的，xop…）")
        }
        "2017" => {
            let permission = permission.unwrap_or_default();
            say!(
                "ask for the permission set {permission} in Xiaoe's console",
                "请在小鹅通后台为应用申请权限集 {permission}"
            )
        }
        "2051" => say!(
            "add this machine's public address to the IP white list in Xiaoe's console",
            "请在小鹅通后台把本机的公网 IP 加入白名单"
        ),
        "2053" => say!(
            "the quota of calls is used up: wait, and share tokens between machines",
            "调用额度已用完：请稍候，并让各机器共用 token"
        ),
        _ => return None,
    })
}

fn of_polyv(error: &Error) -> Option<String> {
    let is_unknown = error.code() == Some("20001") || error.message() == "application not found.";
    if is_unknown {
        return Some(say!("check app_id", "请检查 app_id"));
    }
    (error.kind() == ErrorKind::Unauthenticated).then(|| {
        say!("check app_secret: the signature is made with it", "请检查 app_secret：签名由它生成")
    })
}

fn of_yxt(code: Option<&str>) -> Option<String> {
    Some(match code? {
        "global.noprivilege" => {
            say!("ask YXT for the permission to read gifts", "请向云学堂申请读取礼物记录的权限")
        }
        "apis.auth.client.status.invalid" => say!(
            "ask YXT: the organisation of the key isn't active",
            "请联系云学堂：该密钥所属机构未启用"
        ),
        "apis.zhibo.orgadmin.validation.service.expired" => {
            say!("ask YXT: the live service isn't active", "请联系云学堂：直播服务未开通或已到期")
        }
        _ => return None,
    })
}

fn of_kind(kind: ErrorKind) -> Option<String> {
    Some(match kind {
        ErrorKind::Unauthenticated => say!(
            "check the id, the secret, and this machine's clock",
            "请检查账号 id、密钥和本机时钟"
        ),
        ErrorKind::PermissionDenied => say!(
            "ask the vendor for the permission, or for this address to be listed",
            "请向平台申请权限，或请其把本机地址列入白名单"
        ),
        ErrorKind::ClockSkew => say!("set this machine's clock", "请校准本机时钟"),
        ErrorKind::RateLimited | ErrorKind::Blocked | ErrorKind::Vendor => {
            say!("try again later", "请稍后再试")
        }
        ErrorKind::Timeout | ErrorKind::Transport => {
            say!("check the network, the proxy and base_url", "请检查网络、代理和 base_url")
        }
        ErrorKind::Decode | ErrorKind::NotFound => say!("check base_url", "请检查 base_url"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refusals_are_told_apart_by_the_vendors_codes() {
        let of = |vendor, kind, code: &str, message: &'static str| {
            let error = Error::new(kind, message).with_code(Some(code.to_owned()));
            advice(vendor, Some("直播管理-查询"), &error).unwrap()
        };
        let lines = [
            of(Vendor::Xiaoe, ErrorKind::Unauthenticated, "2002", ""),
            of(Vendor::Xiaoe, ErrorKind::Unauthenticated, "2004", ""),
            of(Vendor::Xiaoe, ErrorKind::Unauthenticated, "2020", ""),
            of(Vendor::Xiaoe, ErrorKind::PermissionDenied, "2017", ""),
            of(Vendor::Xiaoe, ErrorKind::PermissionDenied, "2051", ""),
            of(Vendor::Xiaoe, ErrorKind::RateLimited, "2053", ""),
            of(Vendor::Polyv, ErrorKind::Unauthenticated, "400", "application not found."),
            of(Vendor::Polyv, ErrorKind::Unauthenticated, "403", "invalid signature."),
            of(Vendor::Polyv, ErrorKind::ClockSkew, "400", "ptime is too old."),
            of(Vendor::Polyv, ErrorKind::PermissionDenied, "500", "access forbidden"),
            of(Vendor::Yxt, ErrorKind::Unauthenticated, "other", ""),
            of(Vendor::Yxt, ErrorKind::PermissionDenied, "global.noprivilege", ""),
            of(Vendor::Yxt, ErrorKind::PermissionDenied, "apis.auth.client.status.invalid", ""),
        ];
        insta::assert_snapshot!(lines.join("\n"), @r"
        check app_id: the shop's, app…
        check the secret, and that it belongs to app_id and client_id
        check client_id: the application's, xop…
        ask for the permission set 直播管理-查询 in Xiaoe's console
        add this machine's public address to the IP white list in Xiaoe's console
        the quota of calls is used up: wait, and share tokens between machines
        check app_id
        check app_secret: the signature is made with it
        set this machine's clock
        ask the vendor for the permission, or for this address to be listed
        check the id, the secret, and this machine's clock
        ask YXT for the permission to read gifts
        ask YXT: the organisation of the key isn't active
        ");
    }
}
