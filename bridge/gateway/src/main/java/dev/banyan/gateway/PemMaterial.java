package dev.banyan.gateway;

import dev.banyan.lua.ngx.WorkerHost;
import dev.banyan.transport.Pem;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** Certificates and keys that Lua hands over. */
final class PemMaterial implements WorkerHost.KeyMaterial {
  @Override
  public List<X509Certificate> certificates(byte[] text) throws GeneralSecurityException {
    return Pem.certificates(text);
  }

  @Override
  public PrivateKey key(byte[] text) throws GeneralSecurityException {
    return Pem.key(text);
  }

  @Override
  public PrivateKey key(byte[] text, byte[] password) throws GeneralSecurityException {
    return Pem.key(text, password);
  }

  @Override
  public List<X509Certificate> derCertificates(byte[] der) throws GeneralSecurityException {
    return Pem.derCertificates(der);
  }

  @Override
  public PrivateKey derKey(byte[] der) throws GeneralSecurityException {
    return Pem.derKey(der);
  }
}
