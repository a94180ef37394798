package dev.banyan.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Key;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Opens private keys that are kept under a password: PKCS #8, and OpenSSL's older form. */
final class PemPasswords {
  private static final Pattern OLD =
      Pattern.compile("\\s*Proc-Type: 4,ENCRYPTED\\s+DEK-Info: ([A-Z0-9-]+),([0-9A-Fa-f]+)\\s+");

  static final PemPasswords NONE = new PemPasswords(List.of());

  private final List<String> passwords;

  private PemPasswords(List<String> passwords) {
    this.passwords = passwords;
  }

  /** Those of a file, one a line; none without a file. */
  static PemPasswords of(@Nullable Path file) throws IOException {
    return file == null
        ? NONE
        : new PemPasswords(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
  }

  /** The one password; as in C, it ends at its first NUL. */
  static PemPasswords of(byte[] password) {
    String text = new String(password, StandardCharsets.ISO_8859_1);
    int nul = text.indexOf('\0');
    return new PemPasswords(List.of(nul < 0 ? text : text.substring(0, nul)));
  }

  /** Reads what a password has opened. */
  @FunctionalInterface
  interface Opening<T> {
    /** What a key's octets are read as. */
    T read(byte[] der) throws GeneralSecurityException;
  }

  /**
   * Opens PKCS #8's {@code ENCRYPTED PRIVATE KEY}.
   *
   * @throws GeneralSecurityException when no password does
   */
  <T> T modern(byte[] encrypted, Opening<T> opening) throws GeneralSecurityException {
    return first(
        password -> {
          try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
            String kind = String.valueOf(info.getAlgParameters()); // PBES2 says there what it is
            Key key =
                SecretKeyFactory.getInstance(kind.startsWith("PBE") ? kind : info.getAlgName())
                    .generateSecret(new PBEKeySpec(password.toCharArray()));
            return info.getKeySpec(key).getEncoded();
          } catch (IOException e) {
            throw new InvalidKeyException("a broken encrypted key", e);
          }
        },
        opening);
  }

  /** Whether a block's text begins with the older form's fields. */
  static boolean isOld(String text) {
    return OLD.matcher(text).lookingAt();
  }

  /**
   * Opens the older form, whose key is made of the password by MD5.
   *
   * @throws GeneralSecurityException when no password does
   */
  <T> T old(String text, Opening<T> opening) throws GeneralSecurityException {
    Matcher fields = OLD.matcher(text);
    if (!fields.lookingAt()) {
      throw new InvalidKeyException("a broken encrypted key");
    }
    String cipher = fields.group(1).toUpperCase(Locale.ROOT);
    byte[] start = HexFormat.of().parseHex(fields.group(2));
    byte[] content = Base64.getMimeDecoder().decode(text.substring(fields.end()));
    return first(password -> decrypt(cipher, password, start, content), opening);
  }

  private <T> T first(Decrypting decrypting, Opening<T> opening) throws GeneralSecurityException {
    GeneralSecurityException failure = new InvalidKeyException("the key needs a password");
    for (String password : passwords) {
      try {
        return opening.read(decrypting.apply(password));
      } catch (GeneralSecurityException e) {
        failure = e;
      }
    }
    throw failure;
  }

  @FunctionalInterface
  private interface Decrypting {
    byte[] apply(String password) throws GeneralSecurityException;
  }

  private static byte[] decrypt(String cipher, String password, byte[] start, byte[] content)
      throws GeneralSecurityException {
    boolean triple = cipher.equals("DES-EDE3-CBC");
    if (!triple && !cipher.matches("AES-(128|192|256)-CBC")) {
      throw new InvalidKeyException("keys under " + cipher + " can't be read");
    }
    int size = triple ? 24 : Integer.parseInt(cipher.substring(4, 7)) / 8;
    Cipher opener = Cipher.getInstance(triple ? "DESede/CBC/PKCS5Padding" : "AES/CBC/PKCS5Padding");
    opener.init(
        Cipher.DECRYPT_MODE,
        new SecretKeySpec(key(password, start, size), triple ? "DESede" : "AES"),
        new IvParameterSpec(start));
    return opener.doFinal(content);
  }

  /** OpenSSL's EVP_BytesToKey with MD5 and one round. */
  private static byte[] key(String password, byte[] salt, int size)
      throws GeneralSecurityException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] last = {};
    while (out.size() < size) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(last);
      digest.update(password.getBytes(StandardCharsets.ISO_8859_1));
      digest.update(salt, 0, 8);
      last = digest.digest();
      out.writeBytes(last);
    }
    return Arrays.copyOf(out.toByteArray(), size);
  }
}
