package dev.banyan.lua.ffi;

import dev.banyan.lua.crypto.AesMode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Owned by one machine: a text under AES in GCM, which comes out piece by piece before its tag is
 * known to be right. The JDK gives none of it before; so the text is made by the counter that is
 * inside GCM, and the tag by the JDK at the end.
 */
final class CAuthenticated {
  static final int TAG_LENGTH = 16;

  private static final int BLOCK = 16;
  private static final int USUAL_IV = 12;

  /** Where the 32 bits lie that count. */
  private static final int COUNT = 12;

  private final SecretKeySpec key;
  private final byte[] iv;
  private final boolean encrypts;
  private final ByteArrayOutputStream associated = new ByteArrayOutputStream();
  private final ByteArrayOutputStream plain = new ByteArrayOutputStream();
  private final byte[] counter;
  private Cipher stream;

  /** How many bytes there are before the count begins anew. */
  private long untilWrap;

  CAuthenticated(byte[] key, byte[] iv, boolean encrypts) throws GeneralSecurityException {
    this.key = new SecretKeySpec(key, "AES");
    this.iv = iv.clone();
    this.encrypts = encrypts;
    this.counter = first();
    ByteBuffer count = ByteBuffer.wrap(counter);
    count.putInt(COUNT, count.getInt(COUNT) + 1);
    this.stream = counting();
  }

  /** The block that the tag is masked with; the next one is the text's first. */
  private byte[] first() throws GeneralSecurityException {
    if (iv.length == USUAL_IV) {
      byte[] block = Arrays.copyOf(iv, BLOCK);
      block[BLOCK - 1] = 1;
      return block;
    }
    Cipher blocks = Cipher.getInstance(AesMode.ECB.transformation(false));
    blocks.init(Cipher.DECRYPT_MODE, key);
    return blocks.doFinal(tag()); // that of no text at all is this block encrypted
  }

  private Cipher counting() throws GeneralSecurityException {
    untilWrap =
        ((1L << 32) - Integer.toUnsignedLong(ByteBuffer.wrap(counter).getInt(COUNT))) * BLOCK;
    Cipher fresh = Cipher.getInstance(AesMode.CTR.transformation(false));
    fresh.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
    return fresh;
  }

  /** What isn't encrypted but belongs to the tag. */
  void associated(byte[] octets) {
    associated.writeBytes(octets);
  }

  /** What a piece of the text becomes. */
  byte[] update(byte[] text) throws GeneralSecurityException {
    byte[] out = new byte[text.length];
    int at = 0;
    while (at < text.length) {
      int length = (int) Math.min(text.length - at, untilWrap);
      stream.update(text, at, length, out, at);
      at += length;
      untilWrap -= length;
      if (untilWrap == 0) {
        Arrays.fill(counter, COUNT, BLOCK, (byte) 0);
        stream = counting();
      }
    }
    plain.writeBytes(encrypts ? text : out);
    return out;
  }

  /** The tag of all there was. */
  byte[] tag() throws GeneralSecurityException {
    Cipher whole = Cipher.getInstance(AesMode.GCM.transformation(false));
    whole.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(Byte.SIZE * TAG_LENGTH, iv));
    whole.updateAAD(associated.toByteArray());
    byte[] all = whole.doFinal(plain.toByteArray());
    return Arrays.copyOfRange(all, all.length - TAG_LENGTH, all.length);
  }

  /** Whether a tag, or the beginning of one, is that of all there was. */
  boolean fits(Optional<byte[]> given) throws GeneralSecurityException {
    return given.isPresent()
        && MessageDigest.isEqual(Arrays.copyOf(tag(), given.get().length), given.get());
  }
}
