use common_signing::{Algorithm, HexCase, MacAlgorithm, Mismatch, Scheme, hmac};

mod plain {
    use super::*;

    // RFC 1321 appendix A.5 and the SHA-1 and SHA-256 examples of FIPS 180.
    #[test]
    fn digests_of_abc() {
        let lower = |algorithm| Scheme::new(algorithm, HexCase::Lower).ordered(["a", "", "bc"]);
        assert_eq!(lower(Algorithm::Md5).as_str(), "900150983cd24fb0d6963f7d28e17f72");
        assert_eq!(lower(Algorithm::Sha1).as_str(), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(
            lower(Algorithm::Sha256).as_str(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}

mod polyv {
    use super::*;

    // The placeholder secret printed in Polyv's signature rule.
    const SECRET: &str = "fsq2k5weced1h8vui657xtdva66whf0g";
    const MD5: Scheme = Scheme::new(Algorithm::Md5, HexCase::Upper);
    const SHA256: Scheme = Scheme::new(Algorithm::Sha256, HexCase::Upper);

    // The parameters of Polyv's example that have a value, in the order of its page.
    const PUBLISHED: [(&str, &str); 5] = [
        ("appId", "g4rqgmmjuo"),
        ("channelIds", "2477096,2272655"),
        ("startDay", "2022-05-20"),
        ("endDay", "2022-06-18"),
        ("timestamp", "1660270926732"),
    ];

    const SESSION: [(&str, &str); 4] = [
        ("appId", "g4rqgmmjuo"),
        ("channelId", "2812610"),
        ("sessionId", "g8h352spmc"),
        ("timestamp", "1660270926732"),
    ];

    // https://polyv.gitbook.io/document/docs/live/api/buildsign, the page's own example.
    #[test]
    fn published_md5() {
        assert_eq!(MD5.enclosed(SECRET, PUBLISHED).as_str(), "0D2BDA2FD04D93A2B8832B91FD973C4D");
    }

    // @polyv/utils 2.20.0, demo/encrypt.js: the same parameters under the other digest.
    #[test]
    fn published_sha256_without_its_parameter() {
        assert_eq!(
            SHA256.enclosed(SECRET, PUBLISHED).as_str(),
            "42703C82180F933545C0E6E3372B5F6303C3A54F77629AA34C4CE3443F7B3B27"
        );
    }

    // @polyv/utils 2.20.0, demo/encrypt.js: signatureMethod is itself a signed parameter.
    #[test]
    fn published_sha256() {
        let parameters = PUBLISHED.into_iter().chain([("signatureMethod", "SHA256")]);
        assert_eq!(
            SHA256.enclosed(SECRET, parameters).as_str(),
            "C19D35BD44B2BD0A538D420D93F80C17EAD9604042098EA38621A2B5663ECEDF"
        );
    }

    // The vectors from here on are not published: they follow from the rule and its secret.
    #[test]
    fn derived_query() {
        assert_eq!(MD5.enclosed(SECRET, SESSION).as_str(), "028EEA045C4D22BE6F9FDC1DC31804A2");
    }

    #[test]
    fn empty_values_are_signed_unless_the_caller_drops_them() {
        let parameters = SESSION.into_iter().chain([
            ("pageNumber", "1"),
            ("pageSize", "1000"),
            ("startTime", ""),
        ]);
        let dropped = parameters.clone().filter(|(_, value)| !value.is_empty());
        assert_eq!(MD5.enclosed(SECRET, dropped).as_str(), "C5CC3F730D8B51E058D6E6F457D4A322");
        assert_eq!(MD5.enclosed(SECRET, parameters).as_str(), "755C60AA44923857EB5DCC82131D4C7E");
    }

    #[test]
    fn derived_sha256_with_nonce() {
        let parameters = SESSION.into_iter().chain([
            ("signatureMethod", "SHA256"),
            ("signatureNonce", "584F3849-E5A0-4B59-98A5-2F373EFD0559"),
        ]);
        assert_eq!(
            SHA256.enclosed(SECRET, parameters).as_str(),
            "42BE9BAB4ED430697A9DCF43D72BFC819FBF790C0A5C3226A44442A7797460FE"
        );
    }

    #[test]
    fn derived_raw_unicode_and_delimiters() {
        let parameters =
            [("appId", "g4rqgmmjuo"), ("keyword", "红包 雨&a=b"), ("timestamp", "1660270926732")];
        assert_eq!(MD5.enclosed(SECRET, parameters).as_str(), "A7F3C679DE864EEAAD319D387DE75421");
    }

    #[test]
    fn derived_json_post() {
        let parameters = [("appId", "g4rqgmmjuo"), ("timestamp", "1660270926732")];
        assert_eq!(MD5.enclosed(SECRET, parameters).as_str(), "0545CB7811874FB16247E9A0635B121F");
    }
}

mod yxt {
    use super::*;

    // The sample credentials printed at http://document.yxt.com/docs/ljlive-devGuide/23.
    const KEY: &str = "7897e2bb863041b6a2656fd087034807";
    const SECRET: &str = "c139a4cacb1d0ddc9d00e4ece5a6d0041b12a129";
    const TIMESTAMP: &str = "1408706337";
    // The signature in that page's request example, beside the nonce 14314 and TIMESTAMP.
    const PRINTED: &str = "45beb7cc7307889a8e711219a47b7cf6a5b000e8";
    const SHA1: Scheme = Scheme::new(Algorithm::Sha1, HexCase::Lower);
    const SHA256: Scheme = Scheme::new(Algorithm::Sha256, HexCase::Lower);

    // Computed by the page's formula; the page prints no digest for its sample credentials.
    #[test]
    fn sample_credentials() {
        assert_eq!(
            SHA256.ordered([KEY, SECRET, "12", TIMESTAMP]).as_str(),
            "c01064fedc8ac66d35b894bbe2230578ef5623af361e1aa1ad4d50374cd41014"
        );
        assert_eq!(
            SHA256.ordered([KEY, SECRET, "14314", TIMESTAMP]).as_str(),
            "2352b6ef9476fd92b95eafd1931e946a2fff4b7f9a47d0a5e9230222acedac58"
        );
    }

    // The example comes from RongCloud's API pages, app key and all: it says nothing about YXT.
    #[test]
    fn printed_example_is_the_sha1_of_another_vendor() {
        assert_eq!(SHA1.ordered(["uwd1c0sxdlx2", "14314", TIMESTAMP]).as_str(), PRINTED);
        for scheme in [SHA1, SHA256] {
            let signature = scheme.ordered([KEY, SECRET, "14314", TIMESTAMP]);
            assert_eq!(signature.verify(PRINTED), Err(Mismatch));
        }
    }
}

mod xiaoe {
    use super::*;

    const ENCRYPT: &str = "\
        Q3stYC6hdFzMh9T8HCvyDOBICUNSy7ua+0YOWQG5ZpbNT424JyR48J6AOwjNWYid808aE9kzdZW+\
        V9KBSXZ/ZD8OCBx9s42pbGnWa/GaPs07x0qi7bbrnjlK4FG/qRkE8BReioZdcbdcmYsLvq3U7PiF\
        ZRQZvbb17/kAQfVAuYwvO8EiPVbV3TfYhk1mDlxHo5jKl2wNeIY8Wwr5lQz6p7gXkDdjpk7uMmSF\
        fI/zi3PhZnrAYCd8f74a5BK5ti6REF5pie1n0dxyVJrJwPqCpDNt9iN+ALyAYILFfB4q51ZDaxic\
        5oqlyp6qnQDa3FistZMafdD6TQDPJHUNI67pxUIpS/lwzj068vJkOOr/xvkDMdveFh+qf5XVGu4V\
        c6gZj0KkRHw+8MZgPrj6WdkjYnfhlL9smU3KmFckeMRzrkXZkf+1s3/FOAlLarEK8bko5hlSlwRK\
        hOpJ2X9bEUAqx7EC+KN18ct6NNnFmmxe5bFgyz4eDQcGQ5YkR6cSK5r20ydcEM/IVYnH62jmCXF5\
        HuUNbZeXjcGdq0WhU+blRj0=";

    // Constructed: Xiaoe publishes no push together with its token.
    #[test]
    fn message_push() {
        let scheme = Scheme::new(Algorithm::Sha1, HexCase::Lower);
        let signature = scheme.sorted(["testtoken", "1670058185", "9419866818", ENCRYPT]);
        assert_eq!(signature.as_str(), "e3e0a6194f5d4184b978179d50dce2f24c478fa1");
    }
}

mod rfc {
    use super::*;

    const MESSAGE_OF_LONG_KEY: &[u8] = b"Test Using Larger Than Block-Size Key - Hash Key First";

    fn counting_key() -> Vec<u8> {
        (1..=25).collect()
    }

    // RFC 2202 section 3, test cases 1 to 7.
    #[test]
    fn hmac_sha1() {
        let check = |key: &[u8], message: &[u8], expected: &str| {
            let signature = hmac(MacAlgorithm::Sha1, HexCase::Lower, key, [message]);
            assert_eq!(signature.as_str(), expected);
        };
        check(&[0x0b; 20], b"Hi There", "b617318655057264e28bc0b6fb378c8ef146be00");
        check(b"Jefe", b"what do ya want for nothing?", "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
        check(&[0xaa; 20], &[0xdd; 50], "125d7342b9ac11cd91a39af48aa17b4f63f175d3");
        check(&counting_key(), &[0xcd; 50], "4c9007f4026250c6bc8414f9bf50c86c2d7235da");
        check(&[0x0c; 20], b"Test With Truncation", "4c1a03424b55e07fe7f27be1d58bb9324a9a5a04");
        check(&[0xaa; 80], MESSAGE_OF_LONG_KEY, "aa4ae5e15272d00e95705637ce8a3b55ed402112");
        check(
            &[0xaa; 80],
            b"Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data",
            "e8e99d0f45237d786d6bbaa7965c7808bbff1a91",
        );
    }

    // RFC 4231 sections 4.2 to 4.5, 4.7 and 4.8; section 4.6 (case 5) prints a cut digest only.
    #[test]
    fn hmac_sha256() {
        let check = |key: &[u8], message: &[u8], expected: &str| {
            let signature = hmac(MacAlgorithm::Sha256, HexCase::Lower, key, [message]);
            assert_eq!(signature.as_str(), expected);
        };
        check(
            &[0x0b; 20],
            b"Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        );
        check(
            b"Jefe",
            b"what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        );
        check(
            &[0xaa; 20],
            &[0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        );
        check(
            &counting_key(),
            &[0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        );
        check(
            &[0xaa; 131],
            MESSAGE_OF_LONG_KEY,
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        );
        check(
            &[0xaa; 131],
            b"This is a test using a larger than block-size key and a larger than block-size \
              data. The key needs to be hashed before being used by the HMAC algorithm.",
            "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
        );
    }
}
