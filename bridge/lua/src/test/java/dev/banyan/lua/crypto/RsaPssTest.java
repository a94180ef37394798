package dev.banyan.lua.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class RsaPssTest {
  private static final int BITS = 1024;

  private final RsaPss pss = new RsaPss(Hash.SHA256, Hash.SHA256);
  private final byte[] hashed = Hash.SHA256.digest().digest(new byte[] {1, 2, 3});

  @Test
  void aSignatureIsTheSameNumberWithoutItsLeadingZero() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(BITS);
    KeyPair pair = generator.generateKeyPair();
    RSAPublicKey known = (RSAPublicKey) pair.getPublic();
    byte[] signature = startingWithZero((RSAPrivateKey) pair.getPrivate());

    assertThat(pss.verify(known, hashed, signature, -1)).isTrue();
    assertThat(pss.verify(known, hashed, rest(signature, 1), -1)).isTrue();
    assertThat(pss.verify(known, hashed, rest(signature, 2), -1)).isFalse();
    assertThat(pss.verify(known, hashed, Arrays.copyOf(signature, signature.length + 1), -1))
        .isFalse();
  }

  /** One of 256 does; the salt makes each another. */
  private byte[] startingWithZero(RSAPrivateKey secret) throws GeneralSecurityException {
    for (long salt = 0; ; salt++) {
      byte[] octets = ByteBuffer.allocate(Long.BYTES).putLong(salt).array();
      byte[] signature = pss.sign(secret, hashed, octets);
      if (signature[0] == 0 && signature[1] != 0) {
        return signature;
      }
    }
  }

  private static byte[] rest(byte[] signature, int from) {
    return Arrays.copyOfRange(signature, from, signature.length);
  }
}
