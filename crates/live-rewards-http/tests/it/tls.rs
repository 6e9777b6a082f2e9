//! A TLS server on this machine, with a certificate by an authority that lives as long as it does.

use std::{io::Write, sync::Arc};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose,
};
use tokio_rustls::rustls::{ServerConfig, ServerConnection, Stream, crypto::aws_lc_rs};

use crate::stub::{Stub, good, read_head};

/// A server on 127.0.0.1 that the shop's client reads, and its authority's certificate as PEM text. Both are valid in any year that a
/// clock is likely to show.
pub(crate) fn server() -> (Stub, String) {
    let mut root = CertificateParams::default();
    root.distinguished_name.push(DnType::CommonName, "live-rewards tests root");
    root.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    root.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let root_key = KeyPair::generate().unwrap();
    let root_pem = root.self_signed(&root_key).unwrap().pem();

    let mut server = CertificateParams::new(["127.0.0.1".to_owned()]).unwrap();
    server.distinguished_name.push(DnType::CommonName, "127.0.0.1");
    server.is_ca = IsCa::ExplicitNoCa;
    server.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    server.use_authority_key_identifier_extension = true;
    let key = KeyPair::generate().unwrap();
    let certificate = server.signed_by(&key, &Issuer::new(root, root_key)).unwrap();

    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], key.into())
        .unwrap();
    let config = Arc::new(config);
    let stub = Stub::serving(move |stream, heads| {
        let mut connection = ServerConnection::new(Arc::clone(&config)).unwrap();
        let mut tls = Stream::new(&mut connection, stream);
        heads.push(read_head(&mut tls)?);
        tls.write_all(&good())?;
        connection.send_close_notify();
        connection.write_tls(stream).map(drop)
    });
    (stub, root_pem)
}
