/// The image example: a worker that serves five functions over HTTP, the program that draws its
/// images, and the runner that puts both beside a running Gradus.
@NullMarked
package io.gradus.example.image;

import org.jspecify.annotations.NullMarked;
