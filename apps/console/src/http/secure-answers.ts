import { secureHeaders } from 'hono/secure-headers';

/** Headers that keep browsers from doing with an answer what it is not meant for. */
export const secureAnswers = ({ secure }: { secure: boolean }) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      // The playground runs the WAAS engine; this allows WebAssembly and no eval.
      scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
      // Radix sets positions and scroll locks by style elements.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    xFrameOptions: 'DENY',
    referrerPolicy: 'no-referrer',
    crossOriginResourcePolicy: 'same-origin',
    crossOriginOpenerPolicy: 'same-origin',
    strictTransportSecurity: secure ? 'max-age=31536000' : false,
    permissionsPolicy: { camera: [], microphone: [], geolocation: [] },
  });
