//! How Xiaoe's pushes are encrypted.

use aes::Aes256;
use base64::Engine;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use cbc::Encryptor;
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit};

/// What the length is a multiple of, and padding of the text.
const BLOCK: usize = 32;

/// The last of 43 characters has two bits that belong to no byte: they may be anything.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// Encrypts a message: random bytes, its length, the message and the application's id, padded. `None`
/// if the key isn't 43 characters of base64 or the message is too long.
pub(super) fn encrypted(
    encoding_aes_key: &str,
    random: [u8; 16],
    message: &str,
    app_id: &str,
) -> Option<String> {
    let key = LENIENT.decode(format!("{encoding_aes_key}=")).ok()?;
    let key: [u8; 32] = key.try_into().ok()?;
    let (iv, _) = key.split_first_chunk::<16>()?;

    let mut text = random.to_vec();
    text.extend(u32::try_from(message.len()).ok()?.to_be_bytes());
    text.extend(message.as_bytes());
    text.extend(app_id.as_bytes());
    let padding = BLOCK - text.len() % BLOCK;
    text.resize(text.len() + padding, u8::try_from(padding).ok()?);

    let length = text.len();
    let encryptor = Encryptor::<Aes256>::new(&key.into(), &(*iv).into());
    let encrypted = encryptor.encrypt_padded::<NoPadding>(&mut text, length).ok()?;
    Some(STANDARD.encode(encrypted))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";

    #[test]
    fn a_message_is_encrypted_as_by_others() {
        let message = "<type>alive</type><app_id>appTEST0001</app_id><message_id>20240614_1801450892004257792</message_id><retry_times>2</retry_times><xe_data><action>change</action><app_id>appTEST0001</app_id><data><alive_id>l_666bb380e4b0694ca18e4dd1</alive_id><change_time>2024-06-14 11:05:36</change_time><cur_status>1</cur_status><pre_status>0</pre_status><push_time/></data></xe_data>";
        // By OpenSSL.
        let expected = "DpQeJfnf/MGZ/+GTIspwVO2Ww3t8JqxQT8Tu2qu0695Ny6stUa9c2uYk//VbzfUviVqPwSvagfCA2GERVKKeZ4lNwN2Y8NdFRqgAY3p+m3CzbLC1KZ261bGGOJw6ied4/GX1PWkA2X0CMLpXdDarTIoBPdFG/Cs7Ct4AkIkM0+xzfzufePuYECY2BqYCS/VKXjO7bBB3lQure1AjlgmaOJGKuZzdJ0j4+0UDxI73J1tq6G0bixDCFgmfO5s1zfMlLePr+h5sNkWj0zxmpP9ZL7adDryjK5OymJ82blFjSbn6sCJmrsgBPhfKjqZm3uCviBm5uNzu7F7CYQja4sv4heLRu58JLSMuKHHTKpXFP0tVBy6NLV4PkhvhtS/Q7rvfxe8sJOsSAT+F2abnAtsY1/soxIEsdfpsxQsd3NBaHvOngeMxYYZgOnB71E25IoAEZ0hm8g6xyxFmkic31i91LUNuPkRCIN33ByO7G1SpgiuTp+KOnTYSw08QGPEDdSfcSS2hiH6103eNUUnVx5hKwuM2h/qTOrYB/7VXH7dVdxk=";
        let random = *b"fedcba9876543210";
        assert_eq!(encrypted(KEY, random, message, "appTEST0001").as_deref(), Some(expected));
    }

    #[test]
    fn there_is_always_padding() {
        // 16 random bytes and 4 of the length.
        for (length, blocks) in [(0, 1), (11, 1), (12, 2), (43, 2), (44, 3)] {
            let text = encrypted(KEY, [0; 16], &"x".repeat(length), "").unwrap();
            assert_eq!(STANDARD.decode(text).unwrap().len(), blocks * BLOCK, "{length}");
        }
    }

    #[test]
    fn a_key_has_43_characters() {
        for key in ["", "abc", &KEY[1..], "abcdefghijklmnopqrstuvwxyz0123456789ABCDEF*"] {
            assert_eq!(encrypted(key, [0; 16], "", ""), None, "{key}");
        }
    }
}
