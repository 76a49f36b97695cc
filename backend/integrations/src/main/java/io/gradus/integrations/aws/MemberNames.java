package io.gradus.integrations.aws;

import software.amazon.awssdk.core.SdkField;

/// How Step Functions names the members of requests and answers.
enum MemberNames {
  /// Of `aws-sdk:` integrations: the accessors of the AWS SDK for Java, with a capital letter
  /// (`ETag`, `Md5OfBody`, `DbInstanceIdentifier`).
  SDK {
    @Override
    String of(SdkField<?> field) {
      return accessor(field.memberName());
    }

    // Lowers an abbreviation that the name begins with but for its first letter; one in the middle
    // stays (`ChecksumCRC32`).
    private static String accessor(String name) {
      StringBuilder text = new StringBuilder(name);
      for (int i = 1; i < name.length() && Character.isUpperCase(name.charAt(i)); i++) {
        if (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))) {
          break;
        }
        text.setCharAt(i, Character.toLowerCase(name.charAt(i)));
      }
      return capital(text.toString());
    }
  },

  /// Of the optimised integrations: the service's own (`MD5OfMessageBody`), with a capital letter
  /// (`TaskArn` for `taskArn`).
  SERVICE {
    @Override
    String of(SdkField<?> field) {
      // The member that Java cannot name is DynamoDB's NULL.
      String name = field.memberName().equals("NUL") ? field.locationName() : field.memberName();
      return capital(name);
    }
  };

  abstract String of(SdkField<?> field);

  private static String capital(String name) {
    return name.isEmpty() ? name : Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
