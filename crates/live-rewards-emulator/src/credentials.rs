//! Demo credentials, the same in every emulator.
//!
//! They have the form of the vendors' own, open nothing but an emulator and are no secret: the
//! ready line prints them.

/// Xiaoe: shop, `app_id`.
pub const XIAOE_APP_ID: &str = "appDemoRewards01";
/// Xiaoe: application, `client_id`.
pub const XIAOE_CLIENT_ID: &str = "xopDemoRewards01";
/// Xiaoe: the application's secret, `secret_key`.
pub const XIAOE_SECRET_KEY: &str = "DemoXiaoeSecretOpensNothing00001";

/// Xiaoe: token that its message pushes are signed with.
pub const XIAOE_PUSH_TOKEN: &str = "DemoPushTokenOpensNothing";
/// Xiaoe: `EncodingAESKey` that its message pushes are encrypted with, 43 characters of base64.
pub const XIAOE_PUSH_KEY: &str = "DemoPushKeyOpensNothing00000000000000000001";

/// Polyv: `appId`.
pub const POLYV_APP_ID: &str = "demorewrd1";
/// Polyv: app secret, the key of the signatures.
pub const POLYV_APP_SECRET: &str = "demopolyvsecretopensnothing00001";

/// Polyv: the account, `userId` in paths.
pub const POLYV_USER_ID: &str = "demo00rwd1";

/// YXT: app key, header `appkey`.
pub const YXT_APP_KEY: &str = "decaf0de000000000000000000000001";
/// YXT: app secret.
pub const YXT_APP_SECRET: &str = "decaf0de00000000000000000000000000000001";
