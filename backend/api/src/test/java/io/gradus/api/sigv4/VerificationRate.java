package io.gradus.api.sigv4;

import java.util.concurrent.TimeUnit;

/// Prints how many verifications one thread makes a second. Run by hand.
final class VerificationRate {
  private VerificationRate() {}

  public static void main(String[] args) {
    SignatureVerifier verifier = SignedSamples.verifier();
    SignedRequest request = SignedSamples.startExecution().request();
    for (int round = 0; round < 5; round++) {
      long count = 0;
      long start = System.nanoTime();
      while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(1)) {
        for (int i = 0; i < 100; i++) {
          if (verifier.verify(request) instanceof Verification.Refused refused) {
            throw new IllegalStateException("expected a valid signature, found " + refused);
          }
          count++;
        }
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "%.0f verifications/s, %.1f us each%n", count / seconds, seconds * 1e6 / count);
    }
  }
}
