package dev.banyan.gateway;

import dev.banyan.gateway.cache.CacheEntry;
import dev.banyan.gateway.cache.CacheKey;
import dev.banyan.gateway.cache.CacheZone;
import dev.banyan.gateway.cache.CachedFile;
import dev.banyan.gateway.cache.DamagedFile;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Owned by its request's loop: opens cached files; what is no answer is told and is none. */
final class CacheOpening {
  private final Request r;
  private final CacheZone zone;

  CacheOpening(Request r, CacheZone zone) {
    this.r = r;
    this.zone = zone;
  }

  /** The file of a key; null when there is none that can be used. */
  @Nullable CachedFile open(CacheEntry at, CacheKey key) {
    String hash = key.hash();
    try {
      Optional<CachedFile> opened =
          r.service()
              .disk()
              .await(() -> Optional.ofNullable(CachedFile.open(zone.files().path(hash))));
      CachedFile file = opened.orElse(null);
      if (file == null) {
        zone.lost(at);
        return null;
      }
      if (!file.head().key().equals(key.text())) {
        complain(hash, "has md5 collision");
        close(file);
        return null;
      }
      zone.found(at, file.fileLength());
      return file;
    } catch (DamagedFile e) {
      complain(hash, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      r.log(ErrorLog.CRIT, "a cached file can't be read: " + e);
    }
    zone.lost(at);
    return null;
  }

  private void complain(String hash, String what) {
    r.log(ErrorLog.CRIT, "cache file \"" + zone.files().path(hash) + "\" " + what);
  }

  /** Closes it; nobody waits for that. */
  void close(CachedFile file) {
    r.service()
        .disk()
        .later(() -> {
          file.close();
          return 0;
        });
  }
}
