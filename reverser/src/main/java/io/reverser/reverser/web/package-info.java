/**
 * The HTTP interface: resources, JSON, the page and the errors. It uses {@code address}, {@code caller} and {@code
 * visits}.
 */
@NullMarked
package io.reverser.reverser.web;

import org.jspecify.annotations.NullMarked;
