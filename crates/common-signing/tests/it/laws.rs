use common_signing::{Algorithm, HexCase, MacAlgorithm, Mismatch, Scheme, Signature, hmac};
use proptest::prelude::*;

type Bytes = Vec<u8>;
type Parameters = Vec<(Bytes, Bytes)>;

fn bytes() -> impl Strategy<Value = Bytes> {
    prop::collection::vec(any::<u8>(), 0..12)
}

fn parts() -> impl Strategy<Value = Vec<Bytes>> {
    prop::collection::vec(bytes(), 0..8)
}

/// Parameters of distinct names.
fn parameters() -> impl Strategy<Value = Parameters> {
    prop::collection::btree_map(bytes(), bytes(), 0..8)
        .prop_map(|parameters| parameters.into_iter().collect())
}

/// A list and the same list in another order.
fn reordered<T: Clone + std::fmt::Debug + 'static>(
    lists: impl Strategy<Value = Vec<T>>,
) -> impl Strategy<Value = (Vec<T>, Vec<T>)> {
    lists.prop_flat_map(|list| (Just(list.clone()), Just(list).prop_shuffle()))
}

/// A secret and the same secret with one of its bytes changed.
fn two_secrets() -> impl Strategy<Value = (Bytes, Bytes)> {
    let secrets = prop::collection::vec(any::<u8>(), 1..100);
    (secrets, any::<prop::sample::Index>(), 1..=u8::MAX).prop_map(|(secret, index, mask)| {
        let mut other = secret.clone();
        *index.get_mut(&mut other) ^= mask;
        (secret, other)
    })
}

fn cases() -> impl Strategy<Value = HexCase> {
    prop_oneof![Just(HexCase::Lower), Just(HexCase::Upper)]
}

fn algorithms() -> impl Strategy<Value = Algorithm> {
    prop_oneof![Just(Algorithm::Md5), Just(Algorithm::Sha1), Just(Algorithm::Sha256)]
}

fn mac_algorithms() -> impl Strategy<Value = MacAlgorithm> {
    prop_oneof![Just(MacAlgorithm::Sha1), Just(MacAlgorithm::Sha256)]
}

fn schemes() -> impl Strategy<Value = Scheme> {
    (algorithms(), cases()).prop_map(|(algorithm, case)| Scheme::new(algorithm, case))
}

/// A signature of any kind.
fn signatures() -> impl Strategy<Value = Signature> {
    let plain = (schemes(), parts()).prop_map(|(scheme, parts)| scheme.ordered(parts));
    let keyed = (mac_algorithms(), cases(), bytes(), parts())
        .prop_map(|(algorithm, case, key, message)| hmac(algorithm, case, key, message));
    prop_oneof![plain, keyed]
}

proptest! {
    #[test]
    fn scheme_keeps_what_it_was_made_of(algorithm in algorithms(), case in cases()) {
        let scheme = Scheme::new(algorithm, case);
        assert_eq!(scheme.algorithm(), algorithm);
        assert_eq!(scheme.case(), case);
    }

    #[test]
    fn ordered_sees_only_the_joined_bytes(scheme in schemes(), parts in parts()) {
        let joined = scheme.ordered([parts.concat()]);
        assert_eq!(scheme.ordered(parts).as_str(), joined.as_str());
    }

    #[test]
    fn hmac_sees_only_the_joined_bytes(
        algorithm in mac_algorithms(),
        case in cases(),
        key in bytes(),
        message in parts(),
    ) {
        let joined = hmac(algorithm, case, &key, [message.concat()]);
        assert_eq!(hmac(algorithm, case, &key, message).as_str(), joined.as_str());
    }

    #[test]
    fn sorted_ignores_the_order_of_the_parts(
        scheme in schemes(),
        (parts, others) in reordered(parts()),
    ) {
        assert_eq!(scheme.sorted(parts).as_str(), scheme.sorted(others).as_str());
    }

    #[test]
    fn enclosed_ignores_the_order_of_distinct_names(
        scheme in schemes(),
        secret in bytes(),
        (parameters, others) in reordered(parameters()),
    ) {
        let signature = scheme.enclosed(&secret, parameters);
        assert_eq!(scheme.enclosed(&secret, others).as_str(), signature.as_str());
    }

    #[test]
    fn enclosed_keeps_the_order_of_one_name(
        scheme in schemes(),
        secret in bytes(),
        name in bytes(),
        values in parts(),
    ) {
        let mut parts = vec![secret.clone()];
        for value in &values {
            parts.extend([name.clone(), value.clone()]);
        }
        parts.push(secret.clone());
        let signature = scheme.enclosed(secret, values.iter().map(|value| (&name, value)));
        assert_eq!(signature.as_str(), scheme.ordered(parts).as_str());
    }

    #[test]
    fn verifies_its_own_text(signature in signatures()) {
        assert_eq!(signature.verify(signature.as_str()), Ok(()));
        assert_eq!(signature.clone().verify(signature.as_str()), Ok(()));
    }

    #[test]
    fn refuses_a_changed_character(
        signature in signatures(),
        index in any::<prop::sample::Index>(),
        mask in 1_u8..0x80,
    ) {
        let mut bytes = signature.as_str().as_bytes().to_vec();
        *index.get_mut(&mut bytes) ^= mask;
        let changed: String = bytes.into_iter().map(char::from).collect();
        assert_eq!(signature.verify(&changed), Err(Mismatch));
    }

    #[test]
    fn refuses_another_length(signature in signatures(), extra in any::<char>()) {
        let text = signature.as_str();
        for (end, _) in text.char_indices() {
            assert_eq!(signature.verify(&text[..end]), Err(Mismatch));
        }
        assert_eq!(signature.verify(&format!("{text}{extra}")), Err(Mismatch));
        assert_eq!(signature.verify(&format!("{extra}{text}")), Err(Mismatch));
    }

    #[test]
    fn case_is_strict(algorithm in algorithms(), parts in parts()) {
        let lower = Scheme::new(algorithm, HexCase::Lower).ordered(&parts);
        let upper = Scheme::new(algorithm, HexCase::Upper).ordered(&parts);
        assert_eq!(lower.as_str().to_ascii_uppercase(), upper.as_str());
        assert_eq!(upper.as_str().to_ascii_lowercase(), lower.as_str());
        // A digest of decimal digits alone is the same in both.
        prop_assume!(lower.as_str() != upper.as_str());
        assert_eq!(lower.verify(upper.as_str()), Err(Mismatch));
        assert_eq!(upper.verify(lower.as_str()), Err(Mismatch));
    }

    #[test]
    fn refuses_another_secret(
        scheme in schemes(),
        (secret, other) in two_secrets(),
        parameters in parameters(),
        parts in parts(),
    ) {
        let given = scheme.enclosed(&other, parameters.clone());
        let wanted = scheme.enclosed(&secret, parameters);
        assert_eq!(wanted.verify(given.as_str()), Err(Mismatch));

        let with = |secret: &Bytes| [vec![secret.clone()], parts.clone()].concat();
        let given = scheme.ordered(with(&other));
        assert_eq!(scheme.ordered(with(&secret)).verify(given.as_str()), Err(Mismatch));
        let given = scheme.sorted(with(&other));
        assert_eq!(scheme.sorted(with(&secret)).verify(given.as_str()), Err(Mismatch));
    }

    #[test]
    fn hmac_refuses_another_key(
        algorithm in mac_algorithms(),
        case in cases(),
        (key, other) in two_secrets(),
        message in parts(),
    ) {
        let given = hmac(algorithm, case, &other, &message);
        let wanted = hmac(algorithm, case, &key, &message);
        assert_eq!(wanted.verify(given.as_str()), Err(Mismatch));
    }

    #[test]
    fn debug_shows_nothing(signature in signatures()) {
        assert_eq!(format!("{signature:?}"), "Signature(..)");
        assert_eq!(format!("{signature:#?}"), "Signature(..)");
    }
}

#[test]
fn a_mismatch_is_an_error_that_names_no_signature() {
    let error: Box<dyn std::error::Error> = Box::new(Mismatch);
    assert_eq!(error.to_string(), "the signature does not match");
}
