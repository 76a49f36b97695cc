package io.gradus.asl.cloudformation;

import java.util.Map;

/// Where what is imported is going to live: what AWS's pseudo parameters are here.
///
/// @param account 12 digits
public record Home(String region, String account) {
  /// By name, as `AWS::Region`.
  Map<String, String> pseudoParameters() {
    return Map.of(
        "AWS::Region",
        region,
        "AWS::AccountId",
        account,
        "AWS::Partition",
        "aws",
        "AWS::URLSuffix",
        "amazonaws.com");
  }
}
