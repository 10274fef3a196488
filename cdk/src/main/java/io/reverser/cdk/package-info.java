/** The CDK app: CloudFormation templates from settings. */
@NullMarked
package io.reverser.cdk;

import org.jspecify.annotations.NullMarked;
