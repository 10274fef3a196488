@NullMarked
package io.reverser.simulators.kubernetes.externalsecret;

import org.jspecify.annotations.NullMarked;
