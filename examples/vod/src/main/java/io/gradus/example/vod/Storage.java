package io.gradus.example.vod;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/// The buckets, as a worker sees them.
public record Storage(S3Client s3, S3Presigner presigner) {
  /// An address that reads the object for so long, and needs no keys.
  public URI signed(String bucket, String key, Duration goodFor) {
    return URI.create(
        presigner
            .presignGetObject(
                r ->
                    r.signatureDuration(goodFor)
                        .getObjectRequest(get -> get.bucket(bucket).key(key)))
            .url()
            .toString());
  }

  /// Whether the address is one of ours: a worker reads nothing else.
  boolean isOurs(URI source) {
    URI own = signed("any", "any", Duration.ofMinutes(1));
    return String.valueOf(own.getAuthority()).equals(source.getAuthority());
  }

  /// Puts a file there, in place of what was there.
  void put(Path file, String bucket, String key) {
    s3.putObject(r -> r.bucket(bucket).key(key).contentType("video/mp4"), file);
  }
}
