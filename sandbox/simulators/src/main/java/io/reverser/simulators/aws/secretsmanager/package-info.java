@NullMarked
package io.reverser.simulators.aws.secretsmanager;

import org.jspecify.annotations.NullMarked;
