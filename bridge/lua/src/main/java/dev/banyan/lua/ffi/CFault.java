package dev.banyan.lua.ffi;

import java.util.Arrays;
import java.util.Optional;

/** What OpenSSL's queue of errors may hold here. */
enum CFault {
  /** Neither a certificate nor anything like it. */
  NO_START_LINE(0x0480006c, "PEM routines", "no start line", "crypto/pem/pem_lib.c", 760),
  /** Another item than what was wanted. */
  WRONG_TAG(0x068000a8, "asn1 encoding routines", "wrong tag", "crypto/asn1/tasn_dec.c", 1225),
  /** A key of another kind. */
  NO_RSA_KEY(0x0300007f, "digital envelope routines", "expecting an rsa key"),
  /** A key of another kind. */
  NO_ELLIPTIC_KEY(0x0300008e, "digital envelope routines", "expecting an ec key"),
  /** What such a key isn't used for. */
  NOT_FOR_THIS_KEY(
      0x03000096, "digital envelope routines", "operation not supported for this keytype"),
  /** Something about a use that was not begun. */
  NO_OPERATION(0x03000095, "digital envelope routines", "no operation set"),
  /** A use that was not begun. */
  NOT_INITIALIZED(0x03000097, "digital envelope routines", "operation not initialized"),
  /** Something about another use. */
  WRONG_OPERATION(0x03000094, "digital envelope routines", "invalid operation"),
  /** Something that can't be set. */
  NO_COMMAND(0x03000093, "digital envelope routines", "command not supported"),
  /** Keys of two kinds. */
  KINDS_DIFFER(
      0x03000065,
      "digital envelope routines",
      "different key types",
      "crypto/evp/keymgmt_lib.c",
      388),
  /** A key of another certificate or request. */
  KEYS_DIFFER(0x05800074, "x509 certificate routines", "key values mismatch"),
  /** Octets that are no key of a kind. */
  KEY_SETUP(0x030000b4, "digital envelope routines", "key setup failed", "crypto/evp/p_lib.c", 426),
  /** Numbers that are none of a curve. */
  NOT_ON_CURVE(
      0x0800006b, "elliptic curve routines", "point is not on curve", "crypto/ec/ec_lib.c", 876),
  /** A public half of another key. */
  OTHER_HALF(
      0x0800007b, "elliptic curve routines", "invalid private key", "crypto/ec/ec_key.c", 550),
  /** The text of an extension that can't be read. */
  BAD_EXTENSION(0x11000080, "X509 V3 routines", "error in extension"),
  /** A text that such a part of a name can't have. */
  BAD_TEXT(0x0680007c, "asn1 encoding routines", "illegal characters"),
  /** A division by nothing. */
  BY_ZERO(0x01800067, "bignum routines", "div by zero", "crypto/bn/bn_div.c", 217),
  /** Numbers that have a divisor in common. */
  NO_INVERSE(0x0180006c, "bignum routines", "no inverse", "crypto/bn/bn_gcd.c", 531),
  /** More than is encrypted at once. */
  TOO_LARGE(0x0200006e, "rsa routines", "data too large for key size"),
  /** More than is decrypted at once. */
  GREATER(0x0200006c, "rsa routines", "data greater than mod len"),
  /** Less than is encrypted without padding. */
  TOO_SMALL(0x0200007a, "rsa routines", "data too small for key size"),
  /** What is decrypted has no padding of OAEP. */
  NO_OAEP(0x02000079, "rsa routines", "oaep decoding error"),
  /** What is decrypted has no padding of PKCS #1. */
  NO_PKCS(0x0200009f, "rsa routines", "pkcs decoding error"),
  /** What comes with it. */
  PADDING_CHECK(0x02000072, "rsa routines", "padding check failed"),
  /** A public key in the place of a private one. */
  NO_SECRET(0x020000b3, "rsa routines", "missing private key"),
  /** What comes with it. */
  NOT_DECRYPTED(0x1c8000a2, "Provider routines", "failed to decrypt"),
  /** A padding that is not for signatures. */
  ILLEGAL_PADDING(0x1c8000a5, "Provider routines", "illegal or unsupported padding mode"),
  /** A salt of a length that there is not. */
  SALT(0x1c800070, "Provider routines", "invalid salt length"),
  /** What comes with a fault of RSA. */
  RSA(0x1c880004, "Provider routines", "RSA lib"),
  /** No key that can be read. */
  UNSUPPORTED(0x1e08010c, "DECODER routines", "unsupported"),
  /** No hash or cipher of a name. */
  NOT_FETCHED(
      0x0308010c, "digital envelope routines", "unsupported", "crypto/evp/evp_fetch.c", 386),
  /** A text that was to be encrypted without padding. */
  NO_WHOLE_BLOCK(
      0x1c80006b, "Provider routines", "wrong final block length", Place.CIPHERS + "common.c", 417),
  /** A text that was to be decrypted. */
  NO_LAST_BLOCK(
      0x1c80006b, "Provider routines", "wrong final block length", Place.CIPHERS + "common.c", 440),
  /** What comes out of a wrong key, mostly. */
  WRONG_PADDING(
      0x1c800064, "Provider routines", "bad decrypt", Place.CIPHERS + "common_block.c", 124),
  /** Random bytes of a strength that there is not. */
  STRENGTH(
      0x1c8000b5,
      "Provider routines",
      "insufficient drbg strength",
      "providers/implementations/rands/drbg.c",
      641),
  /** More memory than scrypt may have. */
  MEMORY(
      0x030000ac,
      "digital envelope routines",
      "memory limit exceeded",
      "providers/implementations/kdfs/scrypt.c",
      483),
  /** A key for TLS without its seed. */
  NO_SEED(
      0x1c80008c,
      "Provider routines",
      "missing seed",
      "providers/implementations/kdfs/tls1_prf.c",
      153);

  final long code;
  final String library;
  final String reason;

  /** Where OpenSSL found the fault, in a release of 3.0; "" where nobody asks for it. */
  final String file;

  final int line;

  CFault(long code, String library, String reason) {
    this(code, library, reason, "", 0);
  }

  CFault(long code, String library, String reason, String file, int line) {
    this.code = code;
    this.library = library;
    this.reason = reason;
    this.file = file;
    this.line = line;
  }

  /** A folder of OpenSSL. */
  private static final class Place {
    static final String CIPHERS = "providers/implementations/ciphers/cipher";

    private Place() {}
  }

  /** The fault of OpenSSL's number. */
  static Optional<CFault> of(long code) {
    return Arrays.stream(values()).filter(fault -> fault.code == code).findFirst();
  }

  /** As {@code ERR_error_string_n} tells it. */
  String text() {
    return "error:%08X:%s::%s".formatted(code, library, reason);
  }
}
