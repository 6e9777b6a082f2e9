use crate::language::say;

/// What a check is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    Configuration,
    Secrets,
    Accounts,
    TimeZone,
    Ledger,
    Folder,
    Lock,
    Disk,
    Secret,
    Address,
    Proxy,
    Dns,
    Connection,
    Clock,
    Credentials,
    Permission,
    IpList,
    Answer,
}

impl Topic {
    /// For machines.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::Secrets => "secrets",
            Self::Accounts => "accounts",
            Self::TimeZone => "time_zone",
            Self::Ledger => "ledger",
            Self::Folder => "folder",
            Self::Lock => "lock",
            Self::Disk => "disk",
            Self::Secret => "secret",
            Self::Address => "address",
            Self::Proxy => "proxy",
            Self::Dns => "dns",
            Self::Connection => "connection",
            Self::Clock => "clock",
            Self::Credentials => "credentials",
            Self::Permission => "permission",
            Self::IpList => "ip_list",
            Self::Answer => "answer",
        }
    }

    /// For people.
    pub(super) fn title(self) -> String {
        match self {
            Self::Configuration => say!("configuration", "配置"),
            Self::Secrets => say!("secrets", "密钥存放"),
            Self::Accounts => say!("accounts", "账号"),
            Self::TimeZone => say!("time zone", "时区"),
            Self::Ledger => say!("ledger", "账本"),
            Self::Folder => say!("ledger's folder", "账本目录"),
            Self::Lock => say!("ledger's lock", "账本锁"),
            Self::Disk => say!("disk", "磁盘"),
            Self::Secret => say!("secret", "密钥"),
            Self::Address => say!("address", "接口地址"),
            Self::Proxy => say!("proxy", "代理"),
            Self::Dns => say!("DNS", "DNS"),
            Self::Connection => say!("connection", "连接"),
            Self::Clock => say!("clock", "时钟"),
            Self::Credentials => say!("credentials", "凭证"),
            Self::Permission => say!("permission", "权限"),
            Self::IpList => say!("IP list", "IP 白名单"),
            Self::Answer => say!("the vendor's answer", "平台应答"),
        }
    }
}
