/** The platform in AWS: settings in, CloudFormation out. */
@NullMarked
package io.reverser.cdk;

import org.jspecify.annotations.NullMarked;
