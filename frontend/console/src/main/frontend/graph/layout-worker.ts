/** The layout engine in a thread of its own: in a worker it takes over `onmessage` by itself. */
import 'elkjs/lib/elk-worker.min.js';
