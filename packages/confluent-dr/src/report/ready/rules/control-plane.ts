import { READY_RULES } from '../ready-rules';
import { broken, met, type Rule, unknown } from '../rule';

export const CONTROL_PLANE: Rule = {
  ...READY_RULES.controlPlane,
  judge({ status: { controlPlane } }) {
    switch (controlPlane.kind) {
      case 'answers':
        return met;
      case 'fails':
        return broken({ code: 'control-plane-fails', told: `${controlPlane.code}: ${controlPlane.detail}` });
      case 'not-asked':
        return unknown({ code: 'control-plane-not-asked' });
    }
  },
};
