package io.evenkeel.vertx;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes a text unreadable for those who carry it, and knows its own again: AES-GCM (NIST SP
 * 800-38D) with a random nonce, in URL-safe Base64. Safe from any thread.
 */
final class Seal {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int LONGEST = 1_024; // characters; more is not one of ours

  private final SecretKeySpec key;
  private final byte[] purpose; // one that was sealed for another is not opened
  private final SecureRandom random = new SecureRandom();

  private Seal(byte[] key, String purpose) {
    this.key = new SecretKeySpec(key, "AES");
    this.purpose = purpose.getBytes(StandardCharsets.UTF_8);
  }

  /** A seal that nobody else has. */
  static Seal random(String purpose) {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new Seal(key, purpose);
  }

  /** The seal of all that know a secret. */
  static Seal of(String secret, String purpose) {
    try {
      byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
      return new Seal(MessageDigest.getInstance("SHA-256").digest(bytes), purpose);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-256 is in every JDK", e);
    }
  }

  String seal(String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(StandardCharsets.UTF_8));
      byte[] token =
          ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
      return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is in every JDK", e);
    }
  }

  /** The text, or null if it was not sealed so. */
  @Nullable String open(String token) {
    if (token.length() > LONGEST) {
      return null;
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token);
      if (bytes.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
        return null;
      }
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, bytes);
      byte[] text = cipher.doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
      return new String(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException | AEADBadTagException e) {
      return null; // no Base64, or forged, or sealed by another key
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is in every JDK", e);
    }
  }

  /** The nonce is in the first bytes. */
  private Cipher cipher(int mode, byte[] nonceFirst) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonceFirst, 0, NONCE_BYTES));
    cipher.updateAAD(purpose);
    return cipher;
  }
}
