package io.gradus.integrations;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A certificate authority made for a test, and certificates of servers by it. The JDK has no call
/// that makes one, so X.509 is written out here: as much of it as TLS looks at.
public final class Certificates {
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'");

  private final KeyPair keys = keys();
  private final byte[] certificate;
  private final String name;

  public Certificates(String name) {
    this.name = name;
    this.certificate =
        signed(name, keys, "30 0f 06 03 55 1d 13 01 01 ff 04 05 30 03 01 01 ff", 365);
  }

  /// A server's, with its key.
  public record Issued(byte[] certificate, PrivateKey key) {
    public String certificatePem() {
      return pem("CERTIFICATE", certificate);
    }

    public String keyPem() {
      return pem("PRIVATE KEY", key.getEncoded());
    }

    /// TLS as the server speaks it.
    public SSLContext context() {
      try {
        Certificate own =
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new java.io.ByteArrayInputStream(certificate));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, new char[0], new Certificate[] {own});
        KeyManagerFactory managers =
            KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
      } catch (GeneralSecurityException | java.io.IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// The authority's own certificate, as a tenant gives it.
  public String pem() {
    return pem("CERTIFICATE", certificate);
  }

  /// One for a host name.
  ///
  /// @param days that it is good for; it has run out where that is none or less
  public Issued issue(String host, int days) {
    KeyPair of = keys();
    byte[] names = der(SEQUENCE, der(0x82, host.getBytes(StandardCharsets.US_ASCII)));
    byte[] alternative = der(SEQUENCE, hex("06 03 55 1d 11"), der(OCTET_STRING, names));
    return new Issued(signed(host, of, alternative, days), of.getPrivate());
  }

  private byte[] signed(String subject, KeyPair of, String extension, int days) {
    return signed(subject, of, hex(extension), days);
  }

  private byte[] signed(String subject, KeyPair of, byte[] extension, int days) {
    Instant now = Instant.now();
    byte[] algorithm = hex("30 0a 06 08 2a 86 48 ce 3d 04 03 02"); // ecdsa-with-SHA256
    byte[] body =
        der(
            SEQUENCE,
            hex("a0 03 02 01 02"),
            der(INTEGER, BigInteger.valueOf(System.nanoTime()).toByteArray()),
            algorithm,
            name(name),
            der(
                SEQUENCE,
                time(now.minus(Math.max(2, 2 - days), ChronoUnit.DAYS)),
                time(now.plus(days, ChronoUnit.DAYS))),
            name(subject),
            of.getPublic().getEncoded(),
            der(0xa3, der(SEQUENCE, extension)));
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(keys.getPrivate());
      signature.update(body);
      byte[] bits = signature.sign();
      return der(SEQUENCE, body, algorithm, der(BIT_STRING, new byte[] {0}, bits));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] time(Instant at) {
    return der(0x18, TIME.format(at.atOffset(ZoneOffset.UTC)).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] name(String common) {
    byte[] text = der(0x0c, common.getBytes(StandardCharsets.UTF_8));
    return der(SEQUENCE, der(0x31, der(SEQUENCE, hex("06 03 55 04 03"), text)));
  }

  private static byte[] der(int tag, byte[]... parts) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    List.of(parts).forEach(content::writeBytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    int length = content.size();
    if (length < 0x80) {
      out.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int from = digits[0] == 0 ? 1 : 0;
      out.write(0x80 | (digits.length - from));
      out.write(digits, from, digits.length - from);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }

  private static byte[] hex(String text) {
    return java.util.HexFormat.of().parseHex(text.replace(" ", ""));
  }

  private static KeyPair keys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String what, byte[] der) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(
            what,
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(der),
            what);
  }
}
