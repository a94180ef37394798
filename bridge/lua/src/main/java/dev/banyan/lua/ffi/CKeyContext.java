package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.Hash;
import dev.banyan.lua.crypto.RsaPss;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.jspecify.annotations.Nullable;

/**
 * Owned by one machine: an {@code EVP_PKEY_CTX}: what a key is used for, and with which padding.
 */
final class CKeyContext {
  private static final int PKCS1 = 1;
  private static final int NO_PADDING = 3;
  private static final int OAEP = 4;
  private static final int PSS = 6;

  /** The salt is as long as the hash. */
  private static final int SALT_OF_HASH = -1;

  /** The longest salt, or whatever there is. */
  private static final int ANY_SALT = -2;

  /** The longest salt. */
  private static final int LONGEST_SALT = -3;

  /** What a context was begun for; the numbers are OpenSSL's. */
  enum Use {
    NONE(0),
    RAW_SIGN(1 << 4),
    RAW_VERIFY(1 << 5),
    RECOVER(1 << 6),
    SIGN(1 << 7),
    VERIFY(1 << 8),
    ENCRYPT(1 << 9),
    DECRYPT(1 << 10),
    DERIVE(1 << 12);

    final int number;

    Use(int number) {
      this.number = number;
    }

    boolean crypts() {
      return this == ENCRYPT || this == DECRYPT;
    }

    boolean isRaw() {
      return this == RAW_SIGN || this == RAW_VERIFY || this == RECOVER;
    }
  }

  private final CKey key;
  private Use use;
  private int padding = PKCS1;
  private Hash oaep = Hash.SHA1;
  private @Nullable Hash mask;
  private @Nullable Hash hash;
  private @Nullable CKey peer;
  private int salt = ANY_SALT;

  CKeyContext(CKey key, Use use) {
    this.key = key;
    this.use = use;
  }

  CKey key() {
    return key;
  }

  Use use() {
    return use;
  }

  boolean pss() {
    return padding == PSS;
  }

  boolean bare() {
    return padding == NO_PADDING;
  }

  /** The hash that octets were made by; empty when none was told. */
  Optional<Hash> hash() {
    return Optional.ofNullable(hash);
  }

  void hash(Hash next) {
    hash = next;
  }

  void use(Use next) {
    use = next;
  }

  void peer(CKey next) {
    peer = next;
  }

  /** The key to share a secret with. */
  Optional<PublicKey> known() throws GeneralSecurityException {
    return peer == null ? Optional.empty() : peer.known();
  }

  /** Begins to encrypt, decrypt, or sign what is hashed. False with a key that isn't RSA's. */
  boolean begin(Use next) {
    use = next;
    padding = PKCS1;
    hash = null;
    return key.kind() == CKey.RSA;
  }

  /** False for a padding that isn't there for this use; what is none at all is taken, and fails. */
  boolean padding(int next) {
    boolean bare = next == NO_PADDING && use.isRaw();
    boolean fits = use.crypts() ? next != PSS : next == PKCS1 || next == PSS || bare;
    padding = fits ? next : padding;
    return fits;
  }

  void oaep(Hash next) {
    oaep = next;
  }

  void mask(Hash next) {
    mask = next;
  }

  /** The length of the salt, or one of OpenSSL's words for it. False for another one. */
  boolean salt(int next) {
    boolean fits = next >= LONGEST_SALT;
    salt = fits ? next : salt;
    return fits;
  }

  /** The text encrypted or decrypted; empty when it can't be. */
  Optional<byte[]> crypt(byte[] text) {
    boolean encrypting = use == Use.ENCRYPT;
    try {
      Optional<? extends Key> by = encrypting ? key.known() : key.secret();
      boolean partial = padding == NO_PADDING && encrypting && text.length != key.signatureSize();
      if (by.isEmpty() || partial) {
        return Optional.empty();
      }
      int direction = encrypting ? Cipher.ENCRYPT_MODE : Cipher.DECRYPT_MODE;
      byte[] whole = encrypting ? text : number(text);
      return Optional.of(cipher(direction, by.get()).doFinal(whole));
    } catch (GeneralSecurityException | ProviderException e) {
      return Optional.empty();
    }
  }

  /** What was encrypted is a number, which may have lost the zeros before it. */
  private byte[] number(byte[] text) {
    byte[] whole = new byte[Math.max(text.length, key.signatureSize())];
    System.arraycopy(text, 0, whole, whole.length - text.length, text.length);
    return whole;
  }

  private Cipher cipher(int direction, Key by) throws GeneralSecurityException {
    Cipher cipher =
        Cipher.getInstance(
            switch (padding) {
              case PKCS1 -> "RSA/ECB/PKCS1Padding";
              case NO_PADDING -> "RSA/ECB/NoPadding";
              case OAEP -> "RSA/ECB/OAEPPadding";
              default -> throw new NoSuchPaddingException("of OpenSSL's number " + padding);
            });
    if (padding == OAEP) {
      MGF1ParameterSpec masking = new MGF1ParameterSpec((mask == null ? oaep : mask).algorithm());
      PSource none = PSource.PSpecified.DEFAULT;
      cipher.init(direction, by, new OAEPParameterSpec(oaep.algorithm(), "MGF1", masking, none));
    } else {
      cipher.init(direction, by);
    }
    return cipher;
  }

  /** Why a text of a length can't be encrypted or decrypted, as OpenSSL says it. */
  List<CFault> why(int length) {
    if (use == Use.ENCRYPT) {
      boolean small = padding == NO_PADDING && length < key.signatureSize();
      return List.of(small ? CFault.TOO_SMALL : CFault.TOO_LARGE);
    }
    if (key.secret().isEmpty()) {
      return List.of(CFault.NO_SECRET, CFault.NOT_DECRYPTED);
    }
    if (length > key.signatureSize()) {
      return padding == OAEP
          ? List.of(CFault.GREATER, CFault.NOT_DECRYPTED)
          : List.of(CFault.GREATER);
    }
    return padding == OAEP
        ? List.of(CFault.NO_OAEP)
        : List.of(CFault.NO_PKCS, CFault.PADDING_CHECK);
  }

  /** What a function answers that fails. */
  int failure() {
    return use == Use.ENCRYPT && padding != OAEP ? -1 : 0;
  }

  /** A signature of a text's hash by PSS; empty when the key is too short for it. */
  Optional<byte[]> signed(Hash hash, byte[] hashed, SecureRandom random)
      throws GeneralSecurityException {
    RsaPss pss = new RsaPss(hash, mask == null ? hash : mask);
    if (!(key.secret().orElse(null) instanceof RSAPrivateKey secret)) {
      return Optional.empty();
    }
    int longest = pss.longestSalt(secret);
    int used = salt == SALT_OF_HASH ? hash.length() : salt < 0 ? longest : salt;
    if (used < 0 || used > longest) {
      return Optional.empty();
    }
    byte[] salted = new byte[used];
    random.nextBytes(salted);
    return Optional.of(pss.sign(secret, hashed, salted));
  }

  /** Whether a signature by PSS is right. */
  boolean verified(Hash hash, byte[] hashed, byte[] signature) throws GeneralSecurityException {
    Optional<PublicKey> known = key.known();
    if (known.isEmpty() || !(known.get() instanceof RSAPublicKey rsa)) {
      return false;
    }
    RsaPss pss = new RsaPss(hash, mask == null ? hash : mask);
    int used =
        switch (salt) {
          case SALT_OF_HASH -> hash.length();
          case LONGEST_SALT -> pss.longestSalt(rsa);
          default -> salt;
        };
    return pss.verify(rsa, hashed, signature, used);
  }
}
