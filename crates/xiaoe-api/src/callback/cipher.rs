use aes::{
    Aes256,
    cipher::{Block, BlockModeDecrypt, KeyIvInit},
};
use base64::{
    Engine, alphabet,
    engine::{
        GeneralPurpose,
        general_purpose::{NO_PAD, STANDARD},
    },
};
use live_rewards_http::callback::{CallbackError, CallbackErrorKind};

type Decryptor = cbc::Decryptor<Aes256>;

/// The 43rd character of a key stands for more bits than the 32 bytes have; generated keys have any there.
const KEY: GeneralPurpose =
    GeneralPurpose::new(&alphabet::STANDARD, NO_PAD.with_decode_allow_trailing_bits(true));

/// Bytes of padding that may end a text: twice what a block takes.
const MOST_PADDING: usize = 32;
/// Random bytes before the message's length.
const RANDOM: usize = 16;

/// Decrypts messages.
#[derive(Clone)]
pub(super) struct Cipher([u8; 32]);

impl Cipher {
    /// Takes a key in the form of the shop's settings.
    pub(super) fn new(encoding_aes_key: &str) -> Option<Self> {
        let key = KEY.decode(encoding_aes_key).ok()?;
        key.try_into().ok().map(Self)
    }

    /// The message in an encrypted text. All faults are one error.
    pub(super) fn decrypt(&self, encrypted: &str) -> Result<String, CallbackError> {
        self.message(encrypted).ok_or_else(|| {
            CallbackError::new(CallbackErrorKind::Undecryptable, "the text can't be decrypted")
        })
    }

    /// 16 random bytes, the message's length, the message, and an id that is not looked at: whose it is, is not known.
    fn message(&self, encrypted: &str) -> Option<String> {
        let mut text = STANDARD.decode(encrypted).ok()?;
        let iv = self.0.first_chunk::<16>()?;
        let mut decryptor = Decryptor::new_from_slices(&self.0, iv).ok()?;
        let (blocks, rest) = Block::<Decryptor>::slice_as_chunks_mut(&mut text);
        if !rest.is_empty() {
            return None;
        }
        decryptor.decrypt_blocks(blocks);
        let (_, text) = unpadded(&text)?.split_at_checked(RANDOM)?;
        let (length, text) = text.split_first_chunk::<4>()?;
        let message = text.get(..usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        std::str::from_utf8(message).ok().map(str::to_owned)
    }
}

/// The text without the padding: so many bytes, each of that number.
fn unpadded(text: &[u8]) -> Option<&[u8]> {
    let last = *text.last()?;
    let length = usize::from(last);
    if !(1..=MOST_PADDING).contains(&length) {
        return None;
    }
    let (text, padding) = text.split_at_checked(text.len().checked_sub(length)?)?;
    padding.iter().all(|byte| *byte == last).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_43_characters_whatever_the_last_bits_are() {
        // The last two are of the same bytes.
        for last in ['E', 'F', 'G'] {
            let key = format!("abcdefghijklmnopqrstuvwxyz0123456789ABCDEF{last}");
            let cipher = Cipher::new(&key).unwrap();
            assert_eq!(cipher.0[..2], [0x69, 0xb7], "{last}");
        }
        for key in ["", "short", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG=", "红"] {
            assert!(Cipher::new(key).is_none(), "{key}");
        }
        assert!(Cipher::new(&"a".repeat(44)).is_none());
    }

    #[test]
    fn padding_is_checked_to_the_byte() {
        let padded = |text: &[u8], padding: &[u8]| [text, padding].concat();
        assert_eq!(unpadded(&padded(b"ab", &[1])), Some(&b"ab"[..]));
        assert_eq!(unpadded(&padded(b"ab", &[18; 18])), Some(&b"ab"[..]));
        assert_eq!(unpadded(&[32; 32]), Some(&b""[..]));
        for wrong in [&[][..], &[0], &[33; 40], &[2], &[1, 3, 3], &[9, 2, 3]] {
            assert_eq!(unpadded(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn what_is_no_message_is_refused() {
        let cipher = Cipher::new("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG").unwrap();
        for text in ["", "%", "AAAA", "AAAAAAAAAAAAAAAAAAAAAA==", "AAAAAAAAAAAAAAAAAAAAAAA="] {
            let error = cipher.decrypt(text).unwrap_err();
            assert_eq!(error.kind(), CallbackErrorKind::Undecryptable, "{text}");
        }
    }
}
