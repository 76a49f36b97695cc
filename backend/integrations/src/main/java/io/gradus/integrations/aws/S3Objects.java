package io.gradus.integrations.aws;

import io.gradus.engine.TenantId;
import io.gradus.integrations.egress.EgressFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/// Objects in S3, or in what speaks its API, by a tenant's connection: read by ranges, listed by
/// pages, written whole. Calls block, and are meant for virtual threads.
public final class S3Objects {
  /// How many bytes one call reads at most; the egress lets little more through.
  public static final int MAX_READ = 4 * 1024 * 1024;

  private static final String SERVICE = "s3";
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_ETAG = 1_024;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NO_SUCH_RANGE = 416;
  private static final int TOO_MANY = 429;

  /// Codes of answers that another time are others, beside those that the SDK knows.
  private static final Set<String> PASSING =
      Set.of(
          "SlowDown", "RequestTimeout", "OperationAborted", "ServiceUnavailable", "InternalError");

  private final AwsCalls calls;

  /// Where an object is.
  ///
  /// @param versionId null for the latest
  /// @param owner the account that the bucket is expected to be of; null for any
  public record Place(
      TenantId tenant,
      String bucket,
      String key,
      @Nullable String versionId,
      @Nullable String owner) {
    @Override
    public String toString() {
      return "s3://" + bucket + "/" + key;
    }
  }

  /// A part of an object.
  ///
  /// @param etag of the whole object; empty where there is none
  /// @param size of the whole object
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  public record Part(byte[] content, String etag, long size) {}

  /// An object in a list.
  public record Listed(
      String key, String etag, Instant lastModified, long size, String storageClass) {}

  /// A page of a list.
  ///
  /// @param next leads to the next page; null when there is none
  public record Listing(List<Listed> objects, @Nullable String next) {}

  /// What is listed.
  ///
  /// @param prefix empty for everything
  /// @param startAfter keys up to this one are left out; null for none
  /// @param next of the page before; null for the first
  public record ListRequest(
      TenantId tenant,
      String bucket,
      String prefix,
      @Nullable String startAfter,
      @Nullable String owner,
      @Nullable String next) {}

  /// A call that was refused, or got no answer.
  public static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean passing;
    private final boolean changed;

    Failed(String problem, boolean passing, boolean changed) {
      super(problem, null, false, false);
      this.passing = passing;
      this.changed = changed;
    }

    /// A sentence for the author.
    public String problem() {
      return String.valueOf(getMessage());
    }

    /// Whether the same call may be answered another time.
    public boolean isPassing() {
      return passing;
    }

    /// Whether the object is not the one that it was.
    public boolean isChanged() {
      return changed;
    }
  }

  public S3Objects(AwsCalls calls) {
    this.calls = calls;
  }

  /// Reads a part of an object.
  ///
  /// @param etag of the object that is meant; null for the one that is there
  /// @param length at most [#MAX_READ]; less comes where the object ends
  /// @throws Failed where there is no answer, or another object
  public Part read(Place place, @Nullable String etag, long from, int length) {
    if (length < 1 || length > MAX_READ) {
      throw new IllegalArgumentException("expected 1 to " + MAX_READ + " bytes, found " + length);
    }
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(place.bucket())
            .key(place.key())
            .versionId(place.versionId())
            .expectedBucketOwner(place.owner())
            .ifMatch(etag)
            .range("bytes=" + from + "-" + (from + length - 1))
            .build();
    ResponseBytes<GetObjectResponse> answer;
    try {
      answer = call(place.tenant(), s3 -> s3.getObjectAsBytes(request));
    } catch (AwsServiceException e) {
      if (e.statusCode() == NO_SUCH_RANGE && from == 0) {
        return new Part(new byte[0], "", 0); // what is empty has no first byte
      }
      throw refused(e);
    }
    GetObjectResponse response = answer.response();
    String found = response.eTag() == null ? "" : response.eTag();
    if (etag != null && !etag.equals(found)) {
      // Not everything that speaks S3's API knows the condition.
      throw new Failed(
          "At least one of the pre-conditions you specified did not hold", false, true);
    }
    if (found.length() > MAX_ETAG) {
      throw new Failed("The service's ETag is longer than one of S3 is", false, false);
    }
    byte[] content = answer.asByteArrayUnsafe();
    String range = response.contentRange();
    if (range == null) {
      if (from > 0) {
        throw new Failed("The service does not answer ranges of an object", false, false);
      }
      return new Part(content, found, content.length);
    }
    return new Part(content, found, total(range));
  }

  /// Of `bytes 0-9/100` the last number.
  private static long total(String range) {
    try {
      return Long.parseLong(range.substring(range.indexOf('/') + 1));
    } catch (NumberFormatException e) {
      throw new Failed("The service does not tell the size of the object", false, false);
    }
  }

  /// A page of the objects of a bucket, in the order of their keys.
  ///
  /// @throws Failed where there is no answer
  public Listing list(ListRequest list) {
    ListObjectsV2Request request =
        ListObjectsV2Request.builder()
            .bucket(list.bucket())
            .prefix(list.prefix().isEmpty() ? null : list.prefix())
            .startAfter(list.next() == null ? list.startAfter() : null)
            .continuationToken(list.next())
            .expectedBucketOwner(list.owner())
            .build();
    ListObjectsV2Response answer;
    try {
      answer = call(list.tenant(), s3 -> s3.listObjectsV2(request));
    } catch (AwsServiceException e) {
      throw refused(e);
    }
    List<Listed> objects =
        answer.contents().stream()
            .map(
                object ->
                    new Listed(
                        object.key(),
                        object.eTag() == null ? "" : object.eTag(),
                        object.lastModified() == null ? Instant.EPOCH : object.lastModified(),
                        object.size() == null ? 0 : object.size(),
                        object.storageClassAsString() == null
                            ? "STANDARD"
                            : object.storageClassAsString()))
            .toList();
    return new Listing(
        objects, Boolean.TRUE.equals(answer.isTruncated()) ? answer.nextContinuationToken() : null);
  }

  /// Writes an object; the same again leaves the same.
  ///
  /// @param type of its content
  /// @throws Failed where there is no answer
  public void put(Place place, String type, byte[] content) {
    PutObjectRequest request =
        PutObjectRequest.builder()
            .bucket(place.bucket())
            .key(place.key())
            .expectedBucketOwner(place.owner())
            .contentType(type)
            // Given here, it goes ahead of the content and not behind it in chunks, which not
            // everything that speaks S3's API can read.
            .checksumCRC32(crc32(content))
            .build();
    try {
      call(place.tenant(), s3 -> s3.putObject(request, RequestBody.fromBytes(content)));
    } catch (AwsServiceException e) {
      throw refused(e);
    }
  }

  private static String crc32(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array());
  }

  private <T> T call(TenantId tenant, Function<S3Client, T> work) {
    try {
      return calls
          .by(tenant, SERVICE, TIMEOUT, client -> work.apply((S3Client) client))
          .orElseThrow(
              () -> new Failed("This tenant has no AWS connection to call s3 by", false, false));
    } catch (SdkClientException e) {
      throw unreached(e);
    }
  }

  private static Failed refused(AwsServiceException e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String message =
        details == null || details.errorMessage() == null ? code : details.errorMessage();
    boolean passing = AwsCalls.isPassing(e) || e.statusCode() == TOO_MANY || PASSING.contains(code);
    return new Failed(
        "%s (Service: S3, Status Code: %d, Error Code: %s, Request ID: %s)"
            .formatted(
                message.isEmpty() ? "No reason given" : message,
                e.statusCode(),
                code,
                e.requestId()),
        passing,
        e.statusCode() == PRECONDITION_FAILED);
  }

  private static Failed unreached(SdkClientException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof EgressHttpClient.NoAnswer none) {
        return new Failed(
            "Unable to execute HTTP request: " + none.getMessage(), passes(none.kind()), false);
      }
    }
    return new Failed(String.valueOf(e.getMessage()), false, false);
  }

  private static boolean passes(EgressFailure.Kind kind) {
    return switch (kind) {
      case UNRESOLVED, UNREACHABLE, TIMED_OUT, BROKEN -> true;
      case REFUSED, TOO_LONG, CANCELLED -> false;
    };
  }
}
