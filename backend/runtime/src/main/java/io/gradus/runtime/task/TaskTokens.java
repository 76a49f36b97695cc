package io.gradus.runtime.task;

import io.gradus.engine.ExecutionKey;
import io.gradus.engine.FrameId;
import io.gradus.engine.TaskId;
import io.gradus.engine.TenantId;
import io.gradus.engine.port.TokenMint;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Task tokens: which task, and a code under the servers' common secret that proves that we made
/// it. A token needs no row to be checked; whether its task is still open is another question.
public final class TaskTokens implements TokenMint {
  private static final String ALGORITHM = "HmacSHA256";
  private static final byte VERSION = 1;
  private static final int CODE_BYTES = 16;
  private static final int FIXED_BYTES = 1 + 16 + 16 + 8;

  /// AWS's limit on a task token, in characters.
  public static final int MAX_LENGTH = 2_048;

  private final Mac prototype;

  /// The task that a token names.
  public record Named(ExecutionKey execution, TaskId task) {}

  /// @param secret at least 32 bytes, the same on every node
  public TaskTokens(byte[] secret) {
    if (secret.length < 32) {
      throw new IllegalArgumentException(
          "expected a secret of at least 32 bytes, found " + secret.length);
    }
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(secret, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("expected every Java to have " + ALGORITHM, e);
    }
  }

  @Override
  public String token(ExecutionKey execution, TaskId task) {
    byte[] frame = task.frame().value().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + frame.length + CODE_BYTES);
    bytes.put(VERSION);
    put(bytes, execution.tenant().value());
    put(bytes, execution.id());
    bytes.putLong(task.attempt()).put(frame);
    bytes.put(code(Arrays.copyOf(bytes.array(), bytes.position())));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  /// The task that a token names; empty when it is not a token of ours.
  public Optional<Named> read(String token) {
    if (token.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(token);
      if (all.length <= FIXED_BYTES + CODE_BYTES || all[0] != VERSION) {
        return Optional.empty();
      }
      byte[] content = Arrays.copyOf(all, all.length - CODE_BYTES);
      byte[] code = Arrays.copyOfRange(all, content.length, all.length);
      if (!MessageDigest.isEqual(code, code(content))) {
        return Optional.empty();
      }
      ByteBuffer bytes = ByteBuffer.wrap(content, 1, content.length - 1);
      var key = new ExecutionKey(new TenantId(uuid(bytes)), uuid(bytes));
      long attempt = bytes.getLong();
      String frame = StandardCharsets.UTF_8.decode(bytes).toString();
      return Optional.of(new Named(key, new TaskId(new FrameId(frame), attempt)));
    } catch (IllegalArgumentException | BufferUnderflowException _) {
      return Optional.empty();
    }
  }

  private byte[] code(byte[] content) {
    try {
      var mac = (Mac) prototype.clone();
      return Arrays.copyOf(mac.doFinal(content), CODE_BYTES);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("expected " + ALGORITHM + " to be copied", e);
    }
  }

  private static void put(ByteBuffer bytes, UUID id) {
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
  }

  private static UUID uuid(ByteBuffer bytes) {
    return new UUID(bytes.getLong(), bytes.getLong());
  }
}
