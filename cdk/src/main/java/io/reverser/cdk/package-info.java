/** The CDK app, which creates CloudFormation templates from the settings. */
@NullMarked
package io.reverser.cdk;

import org.jspecify.annotations.NullMarked;
